# Goes with ../terraform.yml. Keep the one file that is for the host of your zones (cloudflare-dns.tf, route53.tf,
# google-cloud-dns.tf or azure-dns.tf), and its part of terraform.tfvars. Delete the others.

terraform {
  required_version = ">= 1.7" # for_each in import blocks

  required_providers {
    cloudflare = {
      source  = "cloudflare/cloudflare"
      version = "~> 5.13" # the first version that knows SSO connectors
    }
  }

  # Add your backend here: both jobs of terraform.yml, and whoever else plans, need the same state.
}

variable "cloudflare_account_id" {
  type = string
}

# terraform.yml writes the IDs of the connectors that the action found or created.
variable "cloudflare_sso_connector_ids" {
  type = set(string)
}

# Only reads. A connector that is gone stops every plan here: Terraform creates none itself. Run terraform.yml again.
data "cloudflare_sso_connector" "sso" {
  for_each         = var.cloudflare_sso_connector_ids
  account_id       = var.cloudflare_account_id
  sso_connector_id = each.key
}

import {
  for_each = var.cloudflare_sso_connector_ids
  to       = cloudflare_sso_connector.sso[each.key]
  id       = "${var.cloudflare_account_id}/${each.key}"
}

# By ID and not by email domain: a connector that was deleted and made again is another resource, which is imported.
resource "cloudflare_sso_connector" "sso" {
  for_each   = var.cloudflare_sso_connector_ids
  account_id = var.cloudflare_account_id
  # As Cloudflare spells it, because any other spelling plans to delete the connector and create another.
  email_domain = data.cloudflare_sso_connector.sso[each.key].email_domain

  lifecycle {
    # The action enables, and disabling may be an emergency: an apply must not undo either.
    ignore_changes  = [enabled, begin_verification, use_fedramp_language]
    prevent_destroy = true
  }
}

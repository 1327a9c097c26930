# Goes with ../terraform.yml. Keep route53.tf or cloudflare-dns.tf, whichever hosts the zone, and delete the other one.

terraform {
  required_version = ">= 1.5" # for import blocks

  required_providers {
    cloudflare = {
      source  = "cloudflare/cloudflare"
      version = "~> 5.9"
    }
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "cloudflare_account_id" {
  type = string
}

variable "sso_email_domain" {
  type = string
}

variable "sso_connector_id" {
  type = string
}

# Written by the action, record-format: tfvars. From the domain to all TXT texts of its name: those that are published
# today, and the verification code.
variable "cloudflare_sso_txt_values" {
  type = map(list(string))
}

# The import block of the action leads here: the name is the email domain with underscores for dots.
resource "cloudflare_sso_connector" "example_com" {
  account_id   = var.cloudflare_account_id
  email_domain = var.sso_email_domain

  lifecycle {
    # Enabling is the action's work, and disabling may be an emergency: neither is to be undone by an apply.
    ignore_changes  = [enabled, begin_verification]
    prevent_destroy = true
  }
}

check "sso_connector_is_the_one_of_the_action" {
  assert {
    condition     = cloudflare_sso_connector.example_com.id == var.sso_connector_id
    error_message = "The state holds another SSO connector than the one that the action found."
  }
}

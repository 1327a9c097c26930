# Goes with ../terraform.yml. Keep route53.tf or cloudflare-dns.tf, depending on who hosts the zone; delete the other.

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

# Written by the action with record-format: tfvars. Maps the domain to all TXT texts of its name: those published today,
# then the verification code.
variable "cloudflare_sso_txt_values" {
  type = map(list(string))
}

# The import block of the action points here: the name is the email domain with underscores for dots.
resource "cloudflare_sso_connector" "example_com" {
  account_id   = var.cloudflare_account_id
  email_domain = var.sso_email_domain

  lifecycle {
    # The action enables, and disabling may be an emergency: an apply must not undo either.
    ignore_changes  = [enabled, begin_verification]
    prevent_destroy = true
  }
}

check "sso_connector_is_the_one_of_the_action" {
  assert {
    condition     = cloudflare_sso_connector.example_com.id == var.sso_connector_id
    error_message = "The SSO connector in the state is not the one that the action found."
  }
}

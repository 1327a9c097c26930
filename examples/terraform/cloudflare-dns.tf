variable "cloudflare_zone_id" {
  type = string
}

# Here each TXT record is a separate resource, so the others stay as they are.
resource "cloudflare_dns_record" "sso_txt" {
  zone_id = var.cloudflare_zone_id
  name    = var.sso_email_domain
  type    = "TXT"
  # The verification code is the last text. Cloudflare stores it in quotes.
  content = "\"${reverse(var.cloudflare_sso_txt_values[var.sso_email_domain])[0]}\""
  ttl     = 1
  comment = "Cloudflare dashboard SSO"
}

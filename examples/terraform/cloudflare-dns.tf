# Maps each email domain to the ID of its zone at Cloudflare.
variable "cloudflare_zone_ids" {
  type = map(string)
}

# Here each TXT record is a separate resource, so the others stay as they are. It has the connector's ID, so the record
# of a connector that was deleted goes, and that of the new one comes.
resource "cloudflare_dns_record" "sso_txt" {
  for_each = data.cloudflare_sso_connector.sso
  zone_id  = var.cloudflare_zone_ids[each.value.email_domain]
  name     = each.value.email_domain
  type     = "TXT"
  # Cloudflare stores it in quotes; without them, every plan shows a change.
  content = "\"${each.value.verification.code}\""
  ttl     = 1
  comment = "Cloudflare dashboard SSO, made by a GitHub Action"
}

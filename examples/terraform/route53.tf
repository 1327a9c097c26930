variable "route53_zone_id" {
  type = string
}

# One resource holds all TXT records of a name. If you have one for this name already, only change its "records"; if
# the records are there but not in the state, import them first (ID: ZONEID_example.com_TXT).
resource "aws_route53_record" "sso_txt" {
  zone_id = var.route53_zone_id
  name    = var.sso_email_domain
  type    = "TXT"
  ttl     = 300

  # A string of a TXT record has 255 characters at most; the provider wants longer texts as "first\"\"second".
  records = [
    for text in var.cloudflare_sso_txt_values[var.sso_email_domain] :
    join("\"\"", [for part in regexall("(?s).{1,255}", text) : replace(replace(part, "\\", "\\\\"), "\"", "\\\"")])
  ]
}

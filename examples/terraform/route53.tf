variable "route53_zone_id" {
  type = string
}

# One resource holds all TXT records of a name. If you already have one for this name, change only its "records". If
# the records exist but are not in the state, import them first (ID: ZONEID_example.com_TXT).
resource "aws_route53_record" "sso_txt" {
  zone_id = var.route53_zone_id
  name    = var.sso_email_domain
  type    = "TXT"
  ttl     = 300

  # A string in a TXT record has at most 255 characters; the provider takes longer texts as "first\"\"second".
  records = [
    for text in var.cloudflare_sso_txt_values[var.sso_email_domain] :
    join("\"\"", [for part in regexall("(?s).{1,255}", text) : replace(replace(part, "\\", "\\\\"), "\"", "\\\"")])
  ]
}

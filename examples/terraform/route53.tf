# Maps each email domain to all TXT texts of its name: those published today, then the verification code. The action
# writes it with record-format: tfvars.
variable "cloudflare_sso_txt_values" {
  type = map(list(string))
}

# Maps each email domain to the ID of its hosted zone.
variable "route53_zone_ids" {
  type = map(string)
}

# One resource holds all TXT records of a name. If you already have one for this name, change only its "records". If
# the records exist but are not in the state, import them first (ID: ZONEID_example.com_TXT).
resource "aws_route53_record" "sso_txt" {
  for_each = var.cloudflare_sso_txt_values
  zone_id  = var.route53_zone_ids[each.key]
  name     = each.key
  type     = "TXT"
  ttl      = 300

  # The provider takes several strings as first\"\"second. Each has at most 255 bytes; a character that is not ASCII has
  # up to four, and Route 53 wants each of them as \ and three octal digits.
  records = [
    for text in each.value : join("\"\"", [
      for part in regexall("(?s).{1,${can(regex("[^ -~]", text)) ? 63 : 255}}", text) : join("", [
        for character in regexall("(?s).", part) :
        can(regex("[ -~]", character)) ? replace(character, "/[\"\\\\]/", "\\$0") : join("", [
          for byte in regexall("[0-9A-F]{2}", urlencode(character)) : format("\\%03o", parseint(byte, 16))
        ])
      ])
    ])
  ]
}

# Maps each email domain to all TXT texts of its name: those published today, then the verification code. The action
# writes it with record-format: tfvars.
variable "cloudflare_sso_txt_values" {
  type = map(list(string))
}

# Maps each email domain to the name of its managed zone.
variable "google_managed_zones" {
  type = map(string)
}

# One resource holds all TXT records of a name. If you already have one for this name, change only its "rrdatas". If
# the records exist but are not in the state, import them first (ID: ZONE/example.com./TXT).
resource "google_dns_record_set" "sso_txt" {
  for_each     = var.cloudflare_sso_txt_values
  managed_zone = var.google_managed_zones[each.key]
  name         = "${each.key}."
  type         = "TXT"
  ttl          = 300

  # As in a zone file: strings in quotes, of at most 255 bytes each. A character that is not ASCII has up to four, each
  # of them written as \ and three decimal digits.
  rrdatas = [
    for text in each.value : format("\"%s\"", join("\" \"", [
      for part in regexall("(?s).{1,${can(regex("[^ -~]", text)) ? 63 : 255}}", text) : join("", [
        for character in regexall("(?s).", part) :
        can(regex("[ -~]", character)) ? replace(character, "/[\"\\\\]/", "\\$0") : join("", [
          for byte in regexall("[0-9A-F]{2}", urlencode(character)) : format("\\%03d", parseint(byte, 16))
        ])
      ])
    ]))
  ]
}

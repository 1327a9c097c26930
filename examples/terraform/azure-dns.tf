# Maps each email domain to all TXT texts of its name: those published today, then the verification code. The action
# writes it with record-format: tfvars.
variable "cloudflare_sso_txt_values" {
  type = map(list(string))
}

# Maps each email domain to its zone, which is the email domain itself or a domain above it.
variable "azure_zones" {
  type = map(object({ resource_group_name = string, zone_name = string }))
}

# One resource holds all TXT records of a name. If you already have one for this name, change only its records. If they
# exist but are not in the state, import them first (ID: that of the zone, then /TXT/@).
resource "azurerm_dns_txt_record" "sso_txt" {
  for_each            = var.cloudflare_sso_txt_values
  resource_group_name = var.azure_zones[each.key].resource_group_name
  zone_name           = var.azure_zones[each.key].zone_name
  name = (
    each.key == var.azure_zones[each.key].zone_name
    ? "@"
    : trimsuffix(each.key, ".${var.azure_zones[each.key].zone_name}")
  )
  ttl = 300

  # The provider cuts long texts itself.
  dynamic "record" {
    for_each = each.value
    content {
      value = record.value
    }
  }

  lifecycle {
    precondition {
      condition     = !anytrue([for text in each.value : length(text) > 63 && can(regex("[^ -~]", text))])
      error_message = "The provider may cut a long text of ${each.key} inside a character that is not ASCII."
    }
  }
}

cloudflare_account_id = "00000000000000000000000000000000"

# For cloudflare-dns.tf
cloudflare_zone_ids = {
  "example.com" = "00000000000000000000000000000000"
}

# For route53.tf
route53_zone_ids = {
  "example.com" = "Z00000000000000000000"
}

# For google-cloud-dns.tf
google_managed_zones = {
  "example.com" = "example-com"
}

# For azure-dns.tf
azure_zones = {
  "example.com" = {
    resource_group_name = "dns"
    zone_name           = "example.com"
  }
}

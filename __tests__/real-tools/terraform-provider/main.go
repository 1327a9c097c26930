// A stand-in for the Terraform providers of the examples, so that OpenTofu itself plans and applies them. It is one
// program, and the name it is started by says which provider it is. Cloudflare's SSO connectors and DNS records have
// the attributes, defaults and plan modifiers of Cloudflare's provider 5.22, and send its requests to
// CLOUDFLARE_BASE_URL. The DNS records of other providers have only their attributes, and go nowhere.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

type standIn struct {
	name string
}

func (p standIn) Metadata(_ context.Context, _ provider.MetadataRequest, answer *provider.MetadataResponse) {
	answer.TypeName = p.name
}

func (p standIn) Schema(_ context.Context, _ provider.SchemaRequest, answer *provider.SchemaResponse) {
	if p.name == "azurerm" {
		answer.Schema.Blocks = map[string]schema.Block{"features": schema.SingleNestedBlock{}}
	}
}

func (p standIn) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (p standIn) Resources(context.Context) []func() resource.Resource {
	if p.name == "cloudflare" {
		return []func() resource.Resource{
			func() resource.Resource { return connectorResource{} },
			func() resource.Resource { return recordResource{} },
		}
	}
	return []func() resource.Resource{func() resource.Resource { return otherRecords[p.name] }}
}

func (p standIn) DataSources(context.Context) []func() datasource.DataSource {
	if p.name != "cloudflare" {
		return nil
	}
	return []func() datasource.DataSource{
		func() datasource.DataSource { return connectorData{} },
		func() datasource.DataSource { return connectorList{} },
	}
}

func main() {
	name := strings.TrimPrefix(filepath.Base(os.Args[0]), "terraform-provider-")
	// OpenTofu finds it by its folder, whatever its address.
	options := providerserver.ServeOpts{Address: "registry.opentofu.org/stand-in/" + name}
	err := providerserver.Serve(context.Background(), func() provider.Provider { return standIn{name} }, options)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

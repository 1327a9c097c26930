package main

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// otherRecord is a set of TXT records at another host, which keeps it nowhere but in the state.
type otherRecord struct {
	typeName string
	texts    []string
	records  map[string]schema.Attribute
	blocks   map[string]schema.Block
}

var value = schema.NestedBlockObject{
	Attributes: map[string]schema.Attribute{"value": schema.StringAttribute{Required: true}},
}

// otherRecords has the resource of each provider: its type, its arguments that are strings, and where its texts are.
var otherRecords = map[string]otherRecord{
	"aws": {
		typeName: "aws_route53_record",
		texts:    []string{"zone_id", "name", "type"},
		records: map[string]schema.Attribute{
			"records": schema.SetAttribute{Required: true, ElementType: types.StringType},
		},
	},
	"google": {
		typeName: "google_dns_record_set",
		texts:    []string{"managed_zone", "name", "type"},
		records: map[string]schema.Attribute{
			"rrdatas": schema.ListAttribute{Required: true, ElementType: types.StringType},
		},
	},
	"azurerm": {
		typeName: "azurerm_dns_txt_record",
		texts:    []string{"resource_group_name", "zone_name", "name"},
		blocks:   map[string]schema.Block{"record": schema.SetNestedBlock{NestedObject: value}},
	},
}

func (o otherRecord) Metadata(_ context.Context, _ resource.MetadataRequest, answer *resource.MetadataResponse) {
	answer.TypeName = o.typeName
}

func (o otherRecord) Schema(_ context.Context, _ resource.SchemaRequest, answer *resource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"id":  schema.StringAttribute{Computed: true},
		"ttl": schema.Int64Attribute{Required: true},
	}
	for _, name := range o.texts {
		attributes[name] = schema.StringAttribute{Required: true}
	}
	maps.Copy(attributes, o.records)
	answer.Schema = schema.Schema{Attributes: attributes, Blocks: o.blocks}
}

func (o otherRecord) Create(ctx context.Context, ask resource.CreateRequest, answer *resource.CreateResponse) {
	answer.State.Raw = ask.Plan.Raw
	answer.Diagnostics.Append(answer.State.SetAttribute(ctx, path.Root("id"), o.typeName)...)
}

func (otherRecord) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (o otherRecord) Update(ctx context.Context, ask resource.UpdateRequest, answer *resource.UpdateResponse) {
	answer.State.Raw = ask.Plan.Raw
	answer.Diagnostics.Append(answer.State.SetAttribute(ctx, path.Root("id"), o.typeName)...)
}

func (otherRecord) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

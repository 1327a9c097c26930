package main

import (
	"context"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	dataschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type connectorList struct{}

type readList struct {
	AccountID types.String      `tfsdk:"account_id"`
	MaxItems  types.Int64       `tfsdk:"max_items"`
	Result    []listedConnector `tfsdk:"result"`
}

type listedConnector struct {
	ID                 types.String `tfsdk:"id"`
	EmailDomain        types.String `tfsdk:"email_domain"`
	Enabled            types.Bool   `tfsdk:"enabled"`
	UseFedrampLanguage types.Bool   `tfsdk:"use_fedramp_language"`
	CreatedOn          types.String `tfsdk:"created_on"`
	UpdatedOn          types.String `tfsdk:"updated_on"`
	Verification       types.Object `tfsdk:"verification"`
}

func (connectorList) Metadata(_ context.Context, _ datasource.MetadataRequest, answer *datasource.MetadataResponse) {
	answer.TypeName = "cloudflare_sso_connectors"
}

func (connectorList) Schema(_ context.Context, _ datasource.SchemaRequest, answer *datasource.SchemaResponse) {
	text, truth := dataschema.StringAttribute{Computed: true}, dataschema.BoolAttribute{Computed: true}
	answer.Schema.Attributes = map[string]dataschema.Attribute{
		"account_id": dataschema.StringAttribute{Required: true},
		"max_items":  dataschema.Int64Attribute{Optional: true},
		"result": dataschema.ListNestedAttribute{
			Computed: true,
			NestedObject: dataschema.NestedAttributeObject{Attributes: map[string]dataschema.Attribute{
				"id":                   text,
				"email_domain":         text,
				"enabled":              truth,
				"use_fedramp_language": truth,
				"created_on":           text,
				"updated_on":           text,
				"verification": dataschema.SingleNestedAttribute{
					Computed:   true,
					Attributes: map[string]dataschema.Attribute{"code": text, "status": text},
				},
			}},
		},
	}
}

func (connectorList) Read(ctx context.Context, ask datasource.ReadRequest, answer *datasource.ReadResponse) {
	var read readList
	answer.Diagnostics.Append(ask.Config.Get(ctx, &read)...)
	_, results, err := callFor[[]object](http.MethodGet, connectorsPath(read.AccountID), nil)
	if err != nil {
		answer.Diagnostics.AddError("failed to make http request", err.Error())
		return
	}
	read.Result = []listedConnector{}
	for _, result := range results {
		read.Result = append(read.Result, listedConnector{
			ID:                 stringOf(result["id"]),
			EmailDomain:        stringOf(result["email_domain"]),
			Enabled:            boolOf(result["enabled"]),
			UseFedrampLanguage: boolOf(result["use_fedramp_language"]),
			CreatedOn:          stringOf(result["created_on"]),
			UpdatedOn:          stringOf(result["updated_on"]),
			Verification:       verificationOf(result),
		})
	}
	answer.Diagnostics.Append(answer.State.Set(ctx, read)...)
}

package main

import (
	"context"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	dataschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var verificationType = map[string]attr.Type{"code": types.StringType, "status": types.StringType}

type connector struct {
	ID                 types.String `tfsdk:"id"`
	AccountID          types.String `tfsdk:"account_id"`
	EmailDomain        types.String `tfsdk:"email_domain"`
	BeginVerification  types.Bool   `tfsdk:"begin_verification"`
	Enabled            types.Bool   `tfsdk:"enabled"`
	UseFedrampLanguage types.Bool   `tfsdk:"use_fedramp_language"`
	CreatedOn          types.String `tfsdk:"created_on"`
	UpdatedOn          types.String `tfsdk:"updated_on"`
	Verification       types.Object `tfsdk:"verification"`
}

func connectorsPath(account types.String) string {
	return "/accounts/" + account.ValueString() + "/sso_connectors"
}

func (c connector) path() string {
	return connectorsPath(c.AccountID) + "/" + c.ID.ValueString()
}

// seeComputed takes in what only the API knows, as after a change.
func (c *connector) seeComputed(result object) {
	c.ID, c.CreatedOn, c.UpdatedOn = stringOf(result["id"]), stringOf(result["created_on"]), stringOf(result["updated_on"])
	c.Verification = verificationOf(result)
}

// see takes in everything but begin_verification, which the API does not tell.
func (c *connector) see(result object) {
	c.seeComputed(result)
	c.EmailDomain, c.Enabled = stringOf(result["email_domain"]), boolOf(result["enabled"])
	c.UseFedrampLanguage = boolOf(result["use_fedramp_language"])
}

func verificationOf(result object) types.Object {
	verification, ok := result["verification"].(map[string]any)
	if !ok {
		return types.ObjectNull(verificationType)
	}
	return types.ObjectValueMust(verificationType, map[string]attr.Value{
		"code":   stringOf(verification["code"]),
		"status": stringOf(verification["status"]),
	})
}

type connectorResource struct{}

func (connectorResource) Metadata(_ context.Context, _ resource.MetadataRequest, answer *resource.MetadataResponse) {
	answer.TypeName = "cloudflare_sso_connector"
}

func (connectorResource) Schema(_ context.Context, _ resource.SchemaRequest, answer *resource.SchemaResponse) {
	replaced := []planmodifier.String{stringplanmodifier.RequiresReplace()}
	answer.Schema.Attributes = map[string]schema.Attribute{
		"id": schema.StringAttribute{
			Computed:      true,
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
		},
		"account_id":   schema.StringAttribute{Required: true, PlanModifiers: replaced},
		"email_domain": schema.StringAttribute{Required: true, PlanModifiers: replaced},
		"begin_verification": schema.BoolAttribute{
			Optional:      true,
			Computed:      true,
			Default:       booldefault.StaticBool(true),
			PlanModifiers: []planmodifier.Bool{boolplanmodifier.RequiresReplaceIfConfigured()},
		},
		"enabled": schema.BoolAttribute{Optional: true},
		"use_fedramp_language": schema.BoolAttribute{
			Optional: true,
			Computed: true,
			Default:  booldefault.StaticBool(false),
		},
		"created_on": schema.StringAttribute{Computed: true},
		"updated_on": schema.StringAttribute{Computed: true},
		"verification": schema.SingleNestedAttribute{
			Computed: true,
			Attributes: map[string]schema.Attribute{
				"code":   schema.StringAttribute{Computed: true},
				"status": schema.StringAttribute{Computed: true},
			},
		},
	}
}

func (connectorResource) Create(ctx context.Context, ask resource.CreateRequest, answer *resource.CreateResponse) {
	var planned connector
	answer.Diagnostics.Append(ask.Plan.Get(ctx, &planned)...)
	body := object{
		"email_domain":         planned.EmailDomain.ValueString(),
		"begin_verification":   planned.BeginVerification.ValueBool(),
		"use_fedramp_language": planned.UseFedrampLanguage.ValueBool(),
	}
	if !planned.Enabled.IsNull() {
		body["enabled"] = planned.Enabled.ValueBool()
	}
	_, result, err := call(http.MethodPost, connectorsPath(planned.AccountID), body)
	if err != nil {
		answer.Diagnostics.AddError("failed to make http request", err.Error())
		return
	}
	planned.seeComputed(result)
	answer.Diagnostics.Append(answer.State.Set(ctx, planned)...)
}

func (connectorResource) Read(ctx context.Context, ask resource.ReadRequest, answer *resource.ReadResponse) {
	var known connector
	answer.Diagnostics.Append(ask.State.Get(ctx, &known)...)
	status, result, err := call(http.MethodGet, known.path(), nil)
	if status == http.StatusNotFound {
		answer.Diagnostics.AddWarning("Resource not found", "It will be removed from state.")
		answer.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		answer.Diagnostics.AddError("failed to make http request", err.Error())
		return
	}
	known.see(result)
	answer.Diagnostics.Append(answer.State.Set(ctx, known)...)
}

func (connectorResource) Update(ctx context.Context, ask resource.UpdateRequest, answer *resource.UpdateResponse) {
	var planned, known connector
	answer.Diagnostics.Append(ask.Plan.Get(ctx, &planned)...)
	answer.Diagnostics.Append(ask.State.Get(ctx, &known)...)
	body := object{}
	for name, change := range map[string][2]types.Bool{
		"begin_verification":   {known.BeginVerification, planned.BeginVerification},
		"enabled":              {known.Enabled, planned.Enabled},
		"use_fedramp_language": {known.UseFedrampLanguage, planned.UseFedrampLanguage},
	} {
		if !change[0].Equal(change[1]) {
			body[name] = change[1].ValueBoolPointer()
		}
	}
	_, result, err := call(http.MethodPatch, known.path(), body)
	if err != nil {
		answer.Diagnostics.AddError("failed to make http request", err.Error())
		return
	}
	planned.seeComputed(result)
	answer.Diagnostics.Append(answer.State.Set(ctx, planned)...)
}

func (connectorResource) Delete(ctx context.Context, ask resource.DeleteRequest, answer *resource.DeleteResponse) {
	var known connector
	answer.Diagnostics.Append(ask.State.Get(ctx, &known)...)
	if _, _, err := call(http.MethodDelete, known.path(), nil); err != nil {
		answer.Diagnostics.AddError("failed to make http request", err.Error())
	}
}

func (connectorResource) ImportState(
	ctx context.Context, ask resource.ImportStateRequest, answer *resource.ImportStateResponse,
) {
	account, id, err := parseImportID(ask.ID)
	if err != nil {
		answer.Diagnostics.AddError("invalid ID", err.Error())
		return
	}
	imported := connector{AccountID: types.StringValue(account), ID: types.StringValue(id)}
	_, result, err := call(http.MethodGet, imported.path(), nil)
	if err != nil {
		answer.Diagnostics.AddError("failed to make http request", err.Error())
		return
	}
	imported.see(result)
	answer.Diagnostics.Append(answer.State.Set(ctx, imported)...)
}

type connectorData struct{}

type readConnector struct {
	ID                 types.String `tfsdk:"id"`
	SSOConnectorID     types.String `tfsdk:"sso_connector_id"`
	AccountID          types.String `tfsdk:"account_id"`
	EmailDomain        types.String `tfsdk:"email_domain"`
	Enabled            types.Bool   `tfsdk:"enabled"`
	UseFedrampLanguage types.Bool   `tfsdk:"use_fedramp_language"`
	CreatedOn          types.String `tfsdk:"created_on"`
	UpdatedOn          types.String `tfsdk:"updated_on"`
	Verification       types.Object `tfsdk:"verification"`
}

func (connectorData) Metadata(_ context.Context, _ datasource.MetadataRequest, answer *datasource.MetadataResponse) {
	answer.TypeName = "cloudflare_sso_connector"
}

func (connectorData) Schema(_ context.Context, _ datasource.SchemaRequest, answer *datasource.SchemaResponse) {
	text, truth := dataschema.StringAttribute{Computed: true}, dataschema.BoolAttribute{Computed: true}
	answer.Schema.Attributes = map[string]dataschema.Attribute{
		"id":                   text,
		"sso_connector_id":     dataschema.StringAttribute{Required: true},
		"account_id":           dataschema.StringAttribute{Required: true},
		"email_domain":         text,
		"enabled":              truth,
		"use_fedramp_language": truth,
		"created_on":           text,
		"updated_on":           text,
		"verification": dataschema.SingleNestedAttribute{
			Computed:   true,
			Attributes: map[string]dataschema.Attribute{"code": text, "status": text},
		},
	}
}

func (connectorData) Read(ctx context.Context, ask datasource.ReadRequest, answer *datasource.ReadResponse) {
	var read readConnector
	answer.Diagnostics.Append(ask.Config.Get(ctx, &read)...)
	seen := connector{AccountID: read.AccountID, ID: read.SSOConnectorID}
	_, result, err := call(http.MethodGet, seen.path(), nil)
	if err != nil {
		answer.Diagnostics.AddError("failed to make http request", err.Error())
		return
	}
	seen.see(result)
	read.ID, read.EmailDomain, read.Enabled = seen.ID, seen.EmailDomain, seen.Enabled
	read.UseFedrampLanguage, read.Verification = seen.UseFedrampLanguage, seen.Verification
	read.CreatedOn, read.UpdatedOn = seen.CreatedOn, seen.UpdatedOn
	answer.Diagnostics.Append(answer.State.Set(ctx, read)...)
}

package main

import (
	"context"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// record is a DNS record at Cloudflare, as far as a TXT record needs it.
type record struct {
	ID      types.String `tfsdk:"id"`
	ZoneID  types.String `tfsdk:"zone_id"`
	Name    types.String `tfsdk:"name"`
	Type    types.String `tfsdk:"type"`
	Content types.String `tfsdk:"content"`
	TTL     types.Int64  `tfsdk:"ttl"`
	Comment types.String `tfsdk:"comment"`
}

func recordsPath(zone types.String) string {
	return "/zones/" + zone.ValueString() + "/dns_records"
}

func (r record) path() string {
	return recordsPath(r.ZoneID) + "/" + r.ID.ValueString()
}

func (r record) body() object {
	return object{
		"name":    r.Name.ValueString(),
		"type":    r.Type.ValueString(),
		"content": r.Content.ValueString(),
		"ttl":     r.TTL.ValueInt64(),
		"comment": r.Comment.ValueString(),
	}
}

func (r *record) see(result object) {
	r.ID, r.Name, r.Type = stringOf(result["id"]), stringOf(result["name"]), stringOf(result["type"])
	r.Content, r.Comment = stringOf(result["content"]), stringOf(result["comment"])
	if ttl, ok := result["ttl"].(float64); ok {
		r.TTL = types.Int64Value(int64(ttl))
	}
}

type recordResource struct{}

func (recordResource) Metadata(_ context.Context, _ resource.MetadataRequest, answer *resource.MetadataResponse) {
	answer.TypeName = "cloudflare_dns_record"
}

func (recordResource) Schema(_ context.Context, _ resource.SchemaRequest, answer *resource.SchemaResponse) {
	answer.Schema.Attributes = map[string]schema.Attribute{
		"id": schema.StringAttribute{
			Computed:      true,
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
		},
		"zone_id": schema.StringAttribute{
			Required:      true,
			PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"name":    schema.StringAttribute{Required: true},
		"type":    schema.StringAttribute{Required: true},
		"content": schema.StringAttribute{Optional: true},
		"ttl":     schema.Int64Attribute{Required: true},
		"comment": schema.StringAttribute{Optional: true},
	}
}

func (recordResource) Create(ctx context.Context, ask resource.CreateRequest, answer *resource.CreateResponse) {
	var planned record
	answer.Diagnostics.Append(ask.Plan.Get(ctx, &planned)...)
	_, result, err := call(http.MethodPost, recordsPath(planned.ZoneID), planned.body())
	if err != nil {
		answer.Diagnostics.AddError("failed to make http request", err.Error())
		return
	}
	planned.ID = stringOf(result["id"])
	answer.Diagnostics.Append(answer.State.Set(ctx, planned)...)
}

func (recordResource) Read(ctx context.Context, ask resource.ReadRequest, answer *resource.ReadResponse) {
	var known record
	answer.Diagnostics.Append(ask.State.Get(ctx, &known)...)
	status, result, err := call(http.MethodGet, known.path(), nil)
	if status == http.StatusNotFound {
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

func (recordResource) Update(ctx context.Context, ask resource.UpdateRequest, answer *resource.UpdateResponse) {
	var planned record
	answer.Diagnostics.Append(ask.Plan.Get(ctx, &planned)...)
	if _, _, err := call(http.MethodPut, planned.path(), planned.body()); err != nil {
		answer.Diagnostics.AddError("failed to make http request", err.Error())
		return
	}
	answer.Diagnostics.Append(answer.State.Set(ctx, planned)...)
}

func (recordResource) Delete(ctx context.Context, ask resource.DeleteRequest, answer *resource.DeleteResponse) {
	var known record
	answer.Diagnostics.Append(ask.State.Get(ctx, &known)...)
	if _, _, err := call(http.MethodDelete, known.path(), nil); err != nil {
		answer.Diagnostics.AddError("failed to make http request", err.Error())
	}
}

func (recordResource) ImportState(
	ctx context.Context, ask resource.ImportStateRequest, answer *resource.ImportStateResponse,
) {
	zone, id, err := parseImportID(ask.ID)
	if err != nil {
		answer.Diagnostics.AddError("invalid ID", err.Error())
		return
	}
	imported := record{ZoneID: types.StringValue(zone), ID: types.StringValue(id)}
	_, result, err := call(http.MethodGet, imported.path(), nil)
	if err != nil {
		answer.Diagnostics.AddError("failed to make http request", err.Error())
		return
	}
	imported.see(result)
	answer.Diagnostics.Append(answer.State.Set(ctx, imported)...)
}

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

type object map[string]any

// call sends one request to the sandbox and returns its status and result.
func call(method, path string, body object) (int, object, error) {
	return callFor[object](method, path, body)
}

// callFor does so for a result of this type.
func callFor[Result any](method, path string, body object) (int, Result, error) {
	var envelope struct {
		Result Result `json:"result"`
	}
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return 0, envelope.Result, err
		}
		content = bytes.NewReader(text)
	}
	request, err := http.NewRequest(method, os.Getenv("CLOUDFLARE_BASE_URL")+path, content)
	if err != nil {
		return 0, envelope.Result, err
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("CLOUDFLARE_API_TOKEN"))
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, envelope.Result, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return response.StatusCode, envelope.Result, err
	}
	if response.StatusCode >= 400 {
		return response.StatusCode, envelope.Result, fmt.Errorf("%s %s: %s %s", method, path, response.Status, text)
	}
	err = json.Unmarshal(text, &envelope)
	return response.StatusCode, envelope.Result, err
}

func parseImportID(id string) (owner, own string, err error) {
	owner, own, found := strings.Cut(id, "/")
	if !found || owner == "" || own == "" {
		return "", "", fmt.Errorf("%q is not <owner>/<id>", id)
	}
	return owner, own, nil
}

func stringOf(value any) types.String {
	if text, ok := value.(string); ok {
		return types.StringValue(text)
	}
	return types.StringNull()
}

func boolOf(value any) types.Bool {
	if truth, ok := value.(bool); ok {
		return types.BoolValue(truth)
	}
	return types.BoolNull()
}

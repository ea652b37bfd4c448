// An OpenAPI 3.0 document as the operations it describes.
//
// A reference (`$ref: "#/components/..."`) is followed wherever it stands, inside the document only
// and not in circles. Schemas stay nodes of the tree and are asked by functions: a schema may refer
// to itself, so there is no finished form of it.
// Source of the format: OpenAPI Specification 3.0.3. Webhooks are read from `webhooks` (3.1),
// from `x-webhooks`, which 3.0 documents use for them, and from the callbacks of operations.
// Thread safety: may be read by many.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "harness/documents/yaml.hpp"

namespace onsite {

inline constexpr std::size_t kOperationsMax = 500;
inline constexpr int kReferencesInARowMax = 16;
// How deep allOf, oneOf and anyOf are looked into for a property.
inline constexpr int kSchemaDepthMax = 12;

// Nodes belong to the OpenApi that gave them.
struct ApiExample {
    std::string name;  // Empty for the only one.
    const YamlNode* value = nullptr;
};

// A parameter of a request, or a header of a response.
struct ApiParameter {
    std::string name;
    std::string in;  // "path", "query", "header", "cookie"; "header" for a response's.
    std::string description;
    bool is_required = false;
    int line = 0;
    const YamlNode* schema = nullptr;  // Null when it has none.
    std::vector<ApiExample> examples;
};

struct ApiContent {
    std::string type;  // "application/json"
    int line = 0;
    const YamlNode* schema = nullptr;
    std::vector<ApiExample> examples;
};

struct ApiBody {
    bool is_required = false;
    int line = 0;
    std::vector<ApiContent> contents;
};

struct ApiResponse {
    std::string status;  // "201", "4XX", "default"
    std::string description;
    int line = 0;
    std::vector<ApiParameter> headers;
    std::vector<ApiContent> contents;
};

struct ApiOperation {
    std::string method;  // "post"; small letters.
    std::string path;    // "/v1/invoices/{id}"; the name for a webhook.
    std::string id;      // operationId
    std::string summary;
    std::string description;
    bool is_deprecated = false;
    int line = 0;                          // Of the method.
    std::vector<ApiParameter> parameters;  // Those of its path first, unless it has its own.
    std::optional<ApiBody> body;
    std::vector<ApiResponse> responses;
    const YamlNode* node = nullptr;

    // Names of headers are compared without regard to case.
    const ApiParameter* parameter(std::string_view in, std::string_view name) const;
    const ApiResponse* response(std::string_view status) const;
};

// What is wrong with the document, and where: checks show it as it is.
struct ApiProblem {
    int line = 0;
    std::string message;
};

class OpenApi {
public:
    // Errors: usage, when the text is no YAML or says nothing of an OpenAPI of version 3. What is
    // wrong inside (a reference to nothing, an operation without responses) is in problems().
    static Result<OpenApi> read(std::string_view text, std::string_view what);

    const YamlNode& root() const { return *root_; }
    const std::string& version() const { return version_; }  // Of OpenAPI: "3.0.3".
    const std::vector<ApiOperation>& operations() const { return operations_; }
    const std::vector<ApiOperation>& webhooks() const { return webhooks_; }
    const std::vector<ApiProblem>& problems() const { return problems_; }

    // A path is found whatever its parameters are called: "/invoices/{}" finds "/invoices/{id}".
    const ApiOperation* operation(std::string_view method, std::string_view path) const;

    // The node that a reference leads to; the node itself when it is none. Null when the reference
    // leads nowhere, out of the document or in a circle.
    const YamlNode* resolve(const YamlNode* node) const;

    // The schema of a property, resolved: its own, or one of its allOf, oneOf and anyOf. Null when
    // there is none. Takes null for a schema without anything.
    const YamlNode* property(const YamlNode* schema, std::string_view name) const;
    // The names of all such properties, sorted.
    std::vector<std::string> properties(const YamlNode* schema) const;
    // The schema of the elements of an array, resolved; null when there is none.
    const YamlNode* items(const YamlNode* schema) const;

    // Whether `holds` says so of the schema, resolved, or of a part of its allOf, oneOf and anyOf.
    // OpenAPI 3.0 lets nothing stand beside a $ref, so words about a reference come with allOf.
    bool any_part(const YamlNode* schema, const std::function<bool(const YamlNode&)>& holds) const;
    // What the schema or the first such part says under a keyword ("enum"). Null when none does.
    const YamlNode* keyword(const YamlNode* schema, std::string_view name) const;
    // The same as a text: the type of a schema, say. Empty when there is none.
    std::string_view word(const YamlNode* schema, std::string_view name) const;
    // Whether a value of the schema can be a fraction: a number, or a list or map of numbers.
    bool holds_fractions(const YamlNode* schema) const;

private:
    friend class OpenApiReader;
    // On the heap: nodes keep their addresses when the document moves.
    std::unique_ptr<const YamlNode> root_;
    std::string version_;
    std::vector<ApiOperation> operations_;
    std::vector<ApiOperation> webhooks_;
    std::vector<ApiProblem> problems_;
};

// The type that the schema itself names: of a list of them, which OpenAPI 3.1 has in place of
// nullable, the first that is not null. Empty when there is none.
std::string_view type_of(const YamlNode& schema);

// "/v1/invoices/{id}" -> "/v1/invoices/{}".
std::string without_parameter_names(std::string_view path);

}  // namespace onsite

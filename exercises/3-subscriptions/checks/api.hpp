// What the rules of this section look at: the operations of api.yaml and every property that a
// request or a reply can have.
//
// Thread safety: may be read by many.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "harness/documents/openapi.hpp"

namespace onsite::subscriptions {

inline constexpr std::size_t kPropertiesMax = 20'000;
// Of properties in properties: a chain of references could be as long as the document.
inline constexpr int kPropertyDepthMax = 64;

struct ApiProperty {
    std::string name;
    int line = 0;                      // Of its key.
    const YamlNode* schema = nullptr;  // Resolved, never null.
    const YamlNode* owner = nullptr;   // The schema that has it, with all that allOf adds to it.
    bool is_in_reply = false;          // Of a response or a webhook; false: of a request only.
};

class Api {
public:
    // Errors: usage, when the text is no OpenAPI 3 document.
    static Result<Api> read(std::string_view text, std::string_view what);

    const OpenApi& document() const { return document_; }
    const std::vector<ApiOperation>& operations() const { return document_.operations(); }
    const std::vector<ApiOperation>& webhooks() const { return document_.webhooks(); }
    // Each once, wherever it is used; replies first.
    const std::vector<ApiProperty>& properties() const { return properties_; }

    // Every schema that a request or a reply is made of, resolved, each once.
    const std::vector<const YamlNode*>& schemas() const { return schemas_; }

    // The operation whose path ends like this: ("get", "/subscriptions/{}"). Null when none does.
    const ApiOperation* ending(std::string_view method, std::string_view path) const;

private:
    explicit Api(OpenApi document);
    OpenApi document_;
    std::vector<ApiProperty> properties_;
    std::vector<const YamlNode*> schemas_;
};

// POST and PATCH: what a client may repeat without knowing whether it was done. PUT and DELETE say
// the same when they are repeated.
bool is_write(const ApiOperation& operation);
// GET of a collection: its path ends in a noun of many, "/v1/subscriptions".
bool is_list(const ApiOperation& operation);
bool takes_an_id(const ApiOperation& operation);
// The segments of a path: {"v1", "subscriptions", "{id}"}.
std::vector<std::string_view> segments_of(std::string_view path);

// The first response of the class 2; null when there is none.
const ApiResponse* success_of(const ApiOperation& operation);
// The schema of the first JSON content; null when there is none.
const YamlNode* json_schema(const std::vector<ApiContent>& contents);
const ApiParameter* header_of(const ApiResponse& response, std::string_view name);
// The header parameter whose name has the word in it, whatever the case.
const ApiParameter* header_with(const ApiOperation& operation, std::string_view word);

// Whether a text has one of the words in it, whatever the case.
bool mentions(std::string_view text, std::initializer_list<std::string_view> words);
// Whether it has a number followed by one of the units: "24 hours", "five minutes". A unit begins
// the next word; one with a blank behind it ("s ") is the whole of it.
bool mentions_span(std::string_view text, std::initializer_list<std::string_view> units);

}  // namespace onsite::subscriptions

// How an OpenApi comes out of a tree: openapi.hpp says what is read.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "harness/documents/openapi.hpp"

namespace onsite {
namespace {

constexpr std::string_view kMethods[] = {"get",     "put",  "post",  "delete",
                                         "options", "head", "patch", "trace"};

std::string shown_word(std::string_view text) {
    constexpr std::size_t kShownMax = 80;
    return harmless(text.substr(0, kShownMax), Lines::one);
}

bool flag(const YamlNode& node, std::string_view key) {
    const YamlNode* value = node.find(key);
    return value != nullptr && value->boolean().value_or(false);
}

}  // namespace

class OpenApiReader {
public:
    explicit OpenApiReader(OpenApi& api) : api_(api) {}

    void read() {
        const YamlNode& root = *api_.root_;
        const YamlNode* paths = root.find("paths");
        if (paths == nullptr || !paths->is_map()) {
            complain(root.line, "expected paths, a map from each path to its operations");
        } else {
            read_paths(*paths, api_.operations_);
        }
        for (const char* word : {"webhooks", "x-webhooks"}) {
            if (const YamlNode* hooks = root.find(word)) read_paths(*hooks, api_.webhooks_);
        }
        check_references(root);
    }

private:
    void complain(int line, std::string message) {
        api_.problems_.push_back({line, std::move(message)});
    }

    // What a node means; check_references() complains when a reference leads nowhere.
    const YamlNode* meant(const YamlNode* node) {
        return node == nullptr ? nullptr : api_.resolve(node);
    }

    void read_paths(const YamlNode& paths, std::vector<ApiOperation>& into) {
        for (const YamlMember& path : paths.members) {
            const YamlNode* item = meant(&path.value);
            if (path.key.starts_with("x-") || item == nullptr) continue;
            if (!item->is_map()) {
                complain(path.line, fmt::format("expected operations under {}, found {}",
                                                shown_word(path.key), to_string(item->kind)));
                continue;
            }
            read_operations(path.key, *item, into);
        }
    }

    void read_operations(const std::string& path, const YamlNode& item,
                         std::vector<ApiOperation>& into) {
        for (const YamlMember& member : item.members) {
            const bool is_method = std::ranges::find(kMethods, member.key) != std::end(kMethods);
            if (!is_method || !member.value.is_map()) continue;
            if (into.size() == kOperationsMax) {
                complain(member.line,
                         fmt::format("expected at most {} operations", kOperationsMax));
                return;
            }
            into.push_back(read_operation(path, member, item));
            if (&into == &api_.operations_) read_callbacks(member.value);
        }
    }

    void read_callbacks(const YamlNode& operation) {
        const YamlNode* callbacks = operation.find("callbacks");
        if (callbacks == nullptr) return;
        for (const YamlMember& member : callbacks->members) {
            if (const YamlNode* one = meant(&member.value)) read_paths(*one, api_.webhooks_);
        }
    }

    ApiOperation read_operation(const std::string& path, const YamlMember& member,
                                const YamlNode& item) {
        const YamlNode& node = member.value;
        ApiOperation operation;
        operation.method = member.key;
        operation.path = path;
        operation.id = node.text_of("operationId");
        operation.summary = node.text_of("summary");
        operation.description = node.text_of("description");
        operation.is_deprecated = flag(node, "deprecated");
        operation.line = member.line;
        operation.node = &node;
        read_parameters(node.find("parameters"), operation.parameters);
        read_parameters(item.find("parameters"), operation.parameters);
        if (const YamlNode* body = meant(node.find("requestBody"))) {
            operation.body = ApiBody{.is_required = flag(*body, "required"),
                                     .line = body->line,
                                     .contents = read_contents(*body)};
        }
        read_responses(member, operation);
        return operation;
    }

    // A parameter of the operation comes before one of the same name of its path.
    void read_parameters(const YamlNode* list, std::vector<ApiParameter>& into) {
        if (list == nullptr) return;
        for (const YamlNode& entry : list->items) {
            const YamlNode* node = meant(&entry);
            if (node == nullptr) continue;
            ApiParameter parameter = read_parameter(*node);
            const bool is_known = std::ranges::any_of(into, [&](const ApiParameter& one) {
                return one.in == parameter.in && one.name == parameter.name;
            });
            if (parameter.name.empty() || parameter.in.empty()) {
                complain(entry.line, "expected a parameter with name and in");
            } else if (!is_known) {
                into.push_back(std::move(parameter));
            }
        }
    }

    ApiParameter read_parameter(const YamlNode& node) {
        return {.name = std::string(node.text_of("name")),
                .in = std::string(node.text_of("in")),
                .description = std::string(node.text_of("description")),
                .is_required = flag(node, "required"),
                .line = node.line,
                .schema = meant(node.find("schema")),
                .examples = read_examples(node)};
    }

    void read_responses(const YamlMember& member, ApiOperation& operation) {
        const YamlNode* responses = member.value.find("responses");
        if (responses == nullptr || responses->members.empty()) {
            complain(member.line, fmt::format("expected responses of {} {}, found none",
                                              operation.method, shown_word(operation.path)));
            return;
        }
        for (const YamlMember& response : responses->members) {
            const YamlNode* node = meant(&response.value);
            if (node == nullptr || response.key.starts_with("x-")) continue;
            operation.responses.push_back({.status = response.key,
                                           .description = std::string(node->text_of("description")),
                                           .line = response.line,
                                           .headers = read_headers(*node),
                                           .contents = read_contents(*node)});
        }
    }

    std::vector<ApiParameter> read_headers(const YamlNode& response) {
        std::vector<ApiParameter> headers;
        const YamlNode* map = response.find("headers");
        if (map == nullptr) return headers;
        for (const YamlMember& member : map->members) {
            const YamlNode* node = meant(&member.value);
            if (node == nullptr) continue;
            headers.push_back(read_parameter(*node));
            headers.back().name = member.key;
            headers.back().in = "header";
        }
        return headers;
    }

    std::vector<ApiContent> read_contents(const YamlNode& around) {
        std::vector<ApiContent> contents;
        const YamlNode* map = around.find("content");
        if (map == nullptr) return contents;
        for (const YamlMember& member : map->members) {
            contents.push_back({.type = member.key,
                                .line = member.line,
                                .schema = meant(member.value.find("schema")),
                                .examples = read_examples(member.value)});
        }
        return contents;
    }

    std::vector<ApiExample> read_examples(const YamlNode& around) {
        std::vector<ApiExample> examples;
        if (const YamlNode* only = around.find("example")) examples.push_back({"", only});
        const YamlNode* map = around.find("examples");
        if (map == nullptr) return examples;
        for (const YamlMember& member : map->members) {
            const YamlNode* node = meant(&member.value);
            const YamlNode* value = node == nullptr ? nullptr : node->find("value");
            if (value != nullptr) examples.push_back({member.key, value});
        }
        return examples;
    }

    // Everywhere, also where nothing reads it. A property that is called $ref is no scalar.
    void check_references(const YamlNode& node) {
        for (const YamlMember& member : node.members) {
            if (member.key == "$ref" && member.value.is_scalar()) {
                if (api_.resolve(&node) == nullptr) {
                    complain(member.line,
                             fmt::format("expected a reference to a part of this document, found "
                                         "{}, which leads nowhere, out of it or in a circle",
                                         shown_word(member.value.text)));
                }
                continue;
            }
            // The values of examples are data.
            if (member.key != "example" && member.key != "value") check_references(member.value);
        }
        for (const YamlNode& item : node.items) check_references(item);
    }

    OpenApi& api_;
};

Result<OpenApi> OpenApi::read(std::string_view text, std::string_view what) {
    auto tree = parse_yaml(text, what);
    if (!tree) return pass_on(tree);
    const std::string_view version = tree->text_of("openapi");
    if (!version.starts_with("3.")) {
        return usage_error(fmt::format("{}:{}: expected openapi: 3.0.3 at the top, found {}", what,
                                       tree->line,
                                       version.empty() ? "nothing like it" : shown_word(version)));
    }
    OpenApi api;
    api.version_ = version;
    api.root_ = std::make_unique<const YamlNode>(std::move(*tree));
    OpenApiReader(api).read();
    return api;
}

}  // namespace onsite

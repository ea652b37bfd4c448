// YAML that a stranger wrote, as a tree in which every node knows its line.
//
// Strict where a reader could be misled: one document, keys are scalars, a key occurs once in its
// map, no control characters, UTF-8. JSON is YAML, so JSON can be read as well. Merge keys (`<<`)
// are ordinary keys: OpenAPI knows none.
// Thread safety: a tree may be read by many.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace onsite {

inline constexpr std::size_t kYamlBytesMax = 1 << 20;
inline constexpr int kYamlDepthMax = 64;
// Nodes of the tree, those that an alias repeats included: a few aliases of aliases would fill the
// memory otherwise ("billion laughs").
inline constexpr std::size_t kYamlNodesMax = 100'000;
inline constexpr std::size_t kYamlAliasesMax = 1'000;

enum class YamlKind { null, scalar, list, map };
std::string_view to_string(YamlKind kind);

struct YamlMember;

struct YamlNode {
    YamlKind kind = YamlKind::null;
    int line = 0;            // 1 is the first.
    std::string text;        // Of a scalar.
    bool is_quoted = false;  // A scalar in quotes or in a block: "12" is text, 12 a number.
    std::vector<YamlNode> items;
    std::vector<YamlMember> members;  // In the order of the text.

    bool is_null() const { return kind == YamlKind::null; }
    bool is_scalar() const { return kind == YamlKind::scalar; }
    bool is_list() const { return kind == YamlKind::list; }
    bool is_map() const { return kind == YamlKind::map; }

    // The member of that name; null when there is none, or when this is no map.
    const YamlNode* find(std::string_view key) const;
    // Follows one key after the other: at({"info", "title"}).
    const YamlNode* at(std::initializer_list<std::string_view> keys) const;
    // The text of the scalar of that name; empty when there is none.
    std::string_view text_of(std::string_view key) const;

    // What a scalar outside quotes says. A number is decimal digits with an optional minus and
    // optional underscores between digits (1_000_000); nothing when it does not fit.
    std::optional<std::int64_t> integer() const;
    std::optional<bool> boolean() const;  // true or false, as YAML 1.2 has it.
};

struct YamlMember {
    std::string key;
    int line = 0;  // Of the key.
    YamlNode value;
};

// `what` names the text in errors ("api.yaml"). An empty text is a null at line 1.
// Errors: usage, "api.yaml:14: ...". Complexity: O(bytes + nodes).
Result<YamlNode> parse_yaml(std::string_view text, std::string_view what);

}  // namespace onsite

#include "simulator/wire/params.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "base/http.hpp"
#include "base/rng.hpp"
#include "base/stable_hash.hpp"

namespace onsite::simulator {
namespace {

constexpr std::size_t kShownBytes = 100;  // Of a name, in a message.
constexpr std::size_t kUsualParams = 4;   // Of an object.

ApiError malformed(std::string_view name) {
    const std::string shown = escaped_tail(name.substr(0, kShownBytes), kShownBytes);
    return invalid_parameter(shown, fmt::format("Invalid parameter name: {}", shown));
}

ApiError two_kinds(std::string_view name) {
    return invalid_parameter(
        name, fmt::format("Invalid parameter: {} is given as a value and as an object", name));
}

// The steps of a name, "a", "b" and "" of "a[b][]".
struct Steps {
    std::array<std::string_view, kParamDepthMax> names;
    std::size_t count = 0;
};

// Nothing when the brackets do not fit.
std::optional<Steps> steps_of(std::string_view name) {
    Steps steps;
    const std::size_t first = name.find('[');
    const std::string_view front = name.substr(0, first);
    if (front.empty() || front.find(']') != name.npos) return std::nullopt;
    steps.names[steps.count++] = front;
    std::string_view rest = first == name.npos ? "" : name.substr(first);
    while (!rest.empty()) {
        const std::size_t end = rest.find(']');
        if (rest.front() != '[' || end == rest.npos || steps.count == kParamDepthMax) {
            return std::nullopt;
        }
        const std::string_view step = rest.substr(1, end - 1);
        if (step.find('[') != step.npos) return std::nullopt;
        steps.names[steps.count++] = step;
        rest.remove_prefix(end + 1);
    }
    return steps;
}

// The element that "[]" means: the last one while `next` is new to it, or another.
ParamNode& element(ParamNode& array, std::optional<std::string_view> next) {
    const bool continues = next && !next->empty() && !array.children.empty() &&
                           !array.children.back().has_value &&
                           array.children.back().child(*next) == nullptr;
    if (continues) return array.children.back();
    return array.add_child(std::to_string(array.children.size()));
}

// Adds a number for each leaf: a sum does not depend on the order.
void add_leaves(const ParamNode& node, std::uint64_t path, Fingerprint& sum) {
    for (const ParamNode& child : node.children) {
        const std::uint64_t here = add_to_hash(path, child.key);
        if (child.has_value) {
            Rng chance(add_to_hash(here, child.value));
            sum.a += chance.next();
            sum.b += chance.next();
        } else {
            add_leaves(child, here, sum);
        }
    }
}

}  // namespace

ParamNode* ParamNode::search(std::string_view name) {
    for (ParamNode& node : children) {
        if (node.key == name) return &node;
    }
    return nullptr;
}

ParamNode& ParamNode::add_child(std::string key_of_child) {
    if (children.empty()) children.reserve(kUsualParams);
    key_lengths |= length_bit(key_of_child);
    ParamNode& added = children.emplace_back();
    added.key = std::move(key_of_child);
    return added;
}

std::size_t length_of(std::string_view text) {
    // The bytes that begin a code point.
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

Params::Params(std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
    for (const auto& [name, value] : values) {
        if (!add(name, std::string(value))) std::abort();  // A bug of the caller.
    }
}

std::expected<void, ApiError> Params::add(std::string_view name, std::string value) {
    if (++count_ > kParamsMax) {
        return std::unexpected(invalid_parameter(
            "", fmt::format("Too many parameters: expected at most {}", kParamsMax)));
    }
    const auto steps = steps_of(name);
    if (!steps || name.size() > kParamNameBytesMax) return std::unexpected(malformed(name));
    ParamNode* node = &root_;
    for (std::size_t i = 0; i < steps->count; ++i) {
        const std::string_view step = steps->names[i];
        if (node->has_value) return std::unexpected(two_kinds(name));
        if (step.empty()) {
            const bool is_last = i + 1 == steps->count;
            node = &element(*node, is_last ? std::nullopt : std::optional(steps->names[i + 1]));
        } else if (ParamNode* found = node->child(step)) {
            node = found;
        } else {
            node = &node->add_child(std::string(step));
        }
    }
    if (!node->children.empty()) return std::unexpected(two_kinds(name));
    node->value = std::move(value);  // Of two with one name the last one counts.
    node->has_value = true;
    return {};
}

Fingerprint Params::fingerprint() const {
    Fingerprint sum;
    add_leaves(root_, 0, sum);
    return sum;
}

std::expected<void, ApiError> decode_form(std::string_view form, Params& params) {
    while (!form.empty()) {
        const std::size_t end = form.find('&');
        const std::string_view pair = form.substr(0, end);
        form.remove_prefix(end == form.npos ? form.size() : end + 1);
        if (pair.empty()) continue;
        const std::size_t equals = pair.find('=');
        const std::string name = percent_decoded(pair.substr(0, equals));
        std::string value =
            equals == pair.npos ? std::string() : percent_decoded(pair.substr(equals + 1));
        if (!is_utf8(name) || !is_utf8(value)) {
            return std::unexpected(invalid_parameter(
                is_utf8(name) ? name : std::string(),
                "Invalid UTF-8 in a parameter: send text as percent-encoded UTF-8"));
        }
        if (auto added = params.add(name, std::move(value)); !added) return added;
    }
    return {};
}

}  // namespace onsite::simulator

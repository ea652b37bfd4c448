#include "simulator/wire/param_reader.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/ascii.hpp"
#include "base/parse_number.hpp"
#include "simulator/wire/currency.hpp"
#include "simulator/wire/json_writer.hpp"

namespace onsite::simulator {
namespace {

std::string path_in(std::string_view object, std::string_view name) {
    if (object.empty()) return std::string(name);
    std::string path;
    path.reserve(object.size() + name.size() + 2);
    path += object;
    path += '[';
    path += name;
    path += ']';
    return path;
}

bool is_known(const ParamNode& node) {
    return node.is_known && std::ranges::all_of(node.children, is_known);
}

// Adds the names of the parameters that no reader asked for.
void find_unknown(const ParamNode& node, const std::string& path, std::vector<std::string>& names) {
    for (const ParamNode& child : node.children) {
        if (is_known(child)) continue;
        std::string here = path_in(path, child.key);
        if (child.is_known) {
            find_unknown(child, here, names);
        } else {
            names.push_back(std::move(here));
        }
    }
}

// What was sent where a text is expected, as JSON.
void write_sent(JsonWriter& json, const ParamNode& node) {
    if (node.has_value) return json.value(node.value);
    json.begin_object();
    for (const ParamNode& child : node.children) {
        json.text_key(child.key);
        write_sent(json, child);
    }
    json.end_object();
}

void know_all(ParamNode& node) {
    node.is_known = true;
    for (ParamNode& child : node.children) know_all(child);
}

// The keys of an array's elements by their numbers, whatever was sent first: requests that differ
// in that alone are the same request (Params::fingerprint).
std::vector<std::string_view> element_keys(const ParamNode& array) {
    std::vector<std::string_view> keys;
    for (const ParamNode& element : array.children) keys.emplace_back(element.key);
    const auto is_number = [](std::string_view key) { return std::ranges::all_of(key, is_digit); };
    if (!std::ranges::all_of(keys, is_number)) return keys;
    std::ranges::sort(keys, {}, [](std::string_view key) {
        return std::pair(key.size(), key);  // "2" before "10".
    });
    return keys;
}

// "a, b, or c"
std::string alternatives(std::span<const std::string_view> words) {
    if (words.size() == 1) return std::string(words.front());
    const auto last = words.size() - 1;
    return fmt::format("{}{} or {}", fmt::join(words.first(last), ", "), last > 1 ? "," : "",
                       words[last]);
}

}  // namespace

ParamReader::ParamReader(Params& params, ParamNode* node, std::string path)
    : params_(&params), node_(node), path_(std::move(path)) {}

std::string ParamReader::path_of(std::string_view name) const { return path_in(path_, name); }

void ParamReader::refuse(ApiError error) {
    if (!params_->problem) params_->problem = std::move(error);
}

void ParamReader::refuse(std::string_view name, std::string message) {
    refuse(invalid_parameter(path_of(name), std::move(message)));
}

ParamNode* ParamReader::take(std::string_view name) {
    ParamNode* node = node_ == nullptr ? nullptr : node_->child(name);
    if (node != nullptr) node->is_known = true;
    return node;
}

const ParamNode* ParamReader::value_of(std::string_view name) {
    const ParamNode* node = take(name);
    if (node == nullptr || node->has_value) return node;
    JsonWriter json;
    write_sent(json, *node);
    refuse(name, fmt::format("Invalid string: {}", json.written()));
    return nullptr;
}

bool ParamReader::has(std::string_view name) const {
    return node_ != nullptr && node_->child(name) != nullptr;
}

bool ParamReader::is_object(std::string_view name) const {
    const ParamNode* node = node_ == nullptr ? nullptr : node_->child(name);
    return node != nullptr && !node->has_value;
}

bool ParamReader::clears(std::string_view name) const {
    const ParamNode* node = node_ == nullptr ? nullptr : node_->child(name);
    return node != nullptr && node->has_value && node->value.empty();
}

std::optional<std::string_view> ParamReader::text(std::string_view name, std::size_t length_max) {
    if (!has(name)) return std::nullopt;
    const ParamNode* node = value_of(name);
    if (node == nullptr) return std::nullopt;
    if (length_of(node->value) > length_max) {
        refuse(name, fmt::format("Invalid string: {} must be at most {} characters", path_of(name),
                                 length_max));
        return std::nullopt;
    }
    return node->value;
}

std::optional<std::string_view> ParamReader::set_text(std::string_view name,
                                                      std::size_t length_max) {
    const auto sent = text(name, length_max);
    if (!sent || !sent->empty()) return sent;
    refuse(parameter_empty(path_of(name)));
    return std::nullopt;
}

std::string_view ParamReader::required_text(std::string_view name, std::size_t length_max) {
    if (!has(name)) refuse(parameter_missing(path_of(name)));
    return set_text(name, length_max).value_or("");
}

std::optional<std::string_view> ParamReader::email(std::string_view name, std::size_t length_max) {
    const auto sent = text(name, length_max);
    if (!sent || sent->empty()) return sent;
    const std::size_t at = sent->find('@');
    const bool has_both_sides = at != sent->npos && at > 0 && at + 1 < sent->size();
    if (has_both_sides && sent->find('@', at + 1) == sent->npos && sent->find(' ') == sent->npos) {
        return sent;
    }
    refuse({.code = "email_invalid",
            .message = fmt::format("Invalid email address: {}", *sent),
            .param = path_of(name)});
    return std::nullopt;
}

std::optional<std::string_view> ParamReader::url(std::string_view name) {
    const auto sent = set_text(name);
    if (!sent) return std::nullopt;
    const auto is_printable = [](char c) { return c > ' ' && c != 0x7F; };
    const std::size_t scheme = sent->find("://");
    if (scheme != sent->npos && scheme > 0 && std::ranges::all_of(*sent, is_printable)) return sent;
    refuse({.code = "url_invalid", .message = "Not a valid URL", .param = path_of(name)});
    return std::nullopt;
}

std::optional<std::int64_t> ParamReader::integer(std::string_view name, std::int64_t min,
                                                 std::int64_t max) {
    const auto sent = set_text(name);
    if (!sent) return std::nullopt;
    const auto number = parse_number<std::int64_t>(*sent);
    if (!number) {
        refuse(invalid_integer(path_of(name), fmt::format("Invalid integer: {}", *sent)));
    } else if (*number < min) {
        refuse(invalid_integer(
            path_of(name), fmt::format("This value must be greater than or equal to {}.", min)));
    } else if (*number > max) {
        refuse(invalid_integer(path_of(name),
                               fmt::format("This value must be less than or equal to {}.", max)));
    } else {
        return number;
    }
    return std::nullopt;
}

std::int64_t ParamReader::required_integer(std::string_view name, std::int64_t min,
                                           std::int64_t max) {
    if (!has(name)) refuse(parameter_missing(path_of(name)));
    return integer(name, min, max).value_or(min);
}

std::optional<bool> ParamReader::flag(std::string_view name) {
    const auto sent = set_text(name);
    if (!sent) return std::nullopt;
    // Stripe's older client for Python sends "True".
    if (*sent == "true" || *sent == "True") return true;
    if (*sent == "false" || *sent == "False") return false;
    refuse(name, fmt::format("Invalid boolean: {}", *sent));
    return std::nullopt;
}

std::optional<std::size_t> ParamReader::choice(std::string_view name,
                                               std::span<const std::string_view> words) {
    const auto sent = set_text(name);
    if (!sent) return std::nullopt;
    const auto found = std::ranges::find(words, *sent);
    if (found == words.end()) {
        refuse(name, fmt::format("Invalid {}: must be {}{}", path_of(name),
                                 words.size() > 1 ? "one of " : "", alternatives(words)));
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - words.begin());
}

std::optional<std::string> ParamReader::currency(std::string_view name) {
    const auto sent = set_text(name);
    if (!sent) return std::nullopt;
    std::string code(*sent);
    for (char& c : code) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (is_currency(code)) return code;
    refuse(name, fmt::format("Invalid currency: {}. Stripe currently supports these currencies: {}",
                             *sent, fmt::join(currencies(), ", ")));
    return std::nullopt;
}

std::string ParamReader::required_currency(std::string_view name) {
    if (!has(name)) refuse(parameter_missing(path_of(name)));
    return currency(name).value_or("usd");
}

std::vector<std::string> ParamReader::texts(std::string_view name) {
    ParamNode* array = take(name);
    if (array == nullptr || (array->has_value && array->value.empty())) return {};
    if (array->has_value) {
        refuse(name, "Invalid array");
        return {};
    }
    std::vector<std::string> texts;
    ParamReader elements(*params_, array, path_of(name));
    for (const std::string_view key : element_keys(*array)) {
        texts.emplace_back(elements.set_text(key).value_or(""));
    }
    return texts;
}

ParamReader ParamReader::object(std::string_view name) {
    ParamNode* node = take(name);
    if (node != nullptr && node->has_value) {
        if (!node->value.empty()) refuse(name, "Invalid object");
        node = nullptr;
    }
    return ParamReader(*params_, node, path_of(name));
}

std::vector<ParamReader> ParamReader::objects(std::string_view name) {
    ParamReader array = object(name);
    std::vector<ParamReader> readers;
    if (array.node_ == nullptr) return readers;
    for (const std::string_view key : element_keys(*array.node_)) {
        readers.push_back(array.object(key));
    }
    return readers;
}

void ParamReader::ignore(std::string_view name) {
    if (ParamNode* node = take(name)) know_all(*node);
}

void ParamReader::ignore(std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) ignore(name);
}

std::expected<void, ApiError> ParamReader::finish() {
    if (params_->problem) return std::unexpected(*params_->problem);
    if (node_ == nullptr) return {};
    std::vector<std::string> unknown;
    find_unknown(*node_, path_, unknown);
    if (!unknown.empty()) return std::unexpected(parameters_unknown(unknown));
    return {};
}

}  // namespace onsite::simulator

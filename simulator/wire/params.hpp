// The parameters of a request as a tree: "items[0][price]=p" is items -> 0 -> price.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simulator/wire/api_error.hpp"

namespace onsite::simulator {

// Far above what a client of Stripe sends: a subscription has 20 items, an invoice 250 lines.
inline constexpr std::size_t kParamsMax = 2'000;
inline constexpr std::size_t kParamDepthMax = 10;
inline constexpr std::size_t kParamNameBytesMax = 1'000;

struct ParamNode {
    std::string key;
    std::string value = {};
    std::vector<ParamNode> children = {};
    // A value and children exclude each other; "a=" has a value, the empty one.
    bool has_value = false;
    bool is_known = false;  // ParamReader asked for it.
    // Bit n: a child has a key of n characters, modulo 64. An endpoint asks for dozens of names, of
    // which a request has a few: most are told apart from those by their length alone.
    std::uint64_t key_lengths = 0;

    // Complexity: O(children).
    ParamNode* child(std::string_view name) {
        return (key_lengths & length_bit(name)) == 0 ? nullptr : search(name);
    }
    const ParamNode* child(std::string_view name) const {
        return const_cast<ParamNode*>(this)->child(name);
    }
    // REQUIRES: no child has that key. Good until the next one is added.
    ParamNode& add_child(std::string key_of_child);

private:
    static std::uint64_t length_bit(std::string_view name) {
        return std::uint64_t{1} << (name.size() % 64);
    }
    ParamNode* search(std::string_view name);
};

// Two numbers, equal for equal parameters in whatever order; for others they differ but for a
// chance of 2^-128 (no defence against somebody who searches for equal ones).
struct Fingerprint {
    std::uint64_t a = 0;
    std::uint64_t b = 0;
    friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

// Characters of a text in UTF-8: its code points, as Stripe counts lengths.
std::size_t length_of(std::string_view text);

class Params {
public:
    Params() = default;
    // For callers in this process: {{"amount", "1999"}, {"card[number]", "4242..."}}.
    // REQUIRES: names that add() takes.
    Params(std::initializer_list<std::pair<std::string_view, std::string_view>> values);

    // Adds one parameter. "a[]" is the next element of a; of "a[][b]" and "a[][c]" the second
    // belongs to the same element (Rack's rule, which Stripe's older clients rely on).
    // Errors: 400, when the name is malformed, nested too deep, or is a value and an object at
    // once.
    std::expected<void, ApiError> add(std::string_view name, std::string value);

    ParamNode& root() { return root_; }
    const ParamNode& root() const { return root_; }
    bool is_empty() const { return root_.children.empty(); }
    Fingerprint fingerprint() const;

    // The first thing that a ParamReader found wrong.
    std::optional<ApiError> problem = {};

private:
    ParamNode root_;
    std::size_t count_ = 0;
};

// Decodes application/x-www-form-urlencoded, of a body or a query, into `params`.
// Errors: 400, when there are more than kParamsMax, a name is malformed, or a text is no UTF-8.
// Complexity: O(bytes + parameters * siblings).
std::expected<void, ApiError> decode_form(std::string_view form, Params& params);

}  // namespace onsite::simulator

// The id of an object, kept where it is named: "pi_" and 24 letters fit into it.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <fmt/core.h>

namespace onsite::simulator {

// A text, as std::string is one, but of up to 31 characters without an allocation, where a
// std::string has 15: objects are made of ids, and are copied for every change and event. Longer
// ones, which clients choose for their products and coupons, are allocated.
// Thread safety: none.
class Id {
public:
    Id() = default;
    // As std::string does it: from whatever is a text.
    template <std::convertible_to<std::string_view> Text>
    Id(const Text& text) : Id(std::string_view(text), 0) {}
    Id(const Id& other)
        : inside_(other.inside_),
          size_(other.size_),
          outside_(other.outside_ ? std::make_unique<std::string>(*other.outside_) : nullptr) {}
    Id(Id&&) = default;
    Id& operator=(const Id& other) { return *this = Id(other); }
    Id& operator=(Id&&) = default;

    operator std::string_view() const {
        return outside_ ? std::string_view(*outside_) : std::string_view(inside_.data(), size_);
    }
    // A copy, for what keeps texts of any kind.
    operator std::string() const { return std::string(std::string_view(*this)); }
    bool empty() const { return std::string_view(*this).empty(); }
    void clear() { *this = Id(); }

    template <std::convertible_to<std::string_view> Text>
    friend bool operator==(const Id& id, const Text& text) {
        return std::string_view(id) == std::string_view(text);
    }

private:
    static constexpr std::size_t kInsideMax = 31;

    Id(std::string_view text, int) {
        if (text.size() > kInsideMax) {
            outside_ = std::make_unique<std::string>(text);
        } else {
            text.copy(inside_.data(), text.size());
            size_ = static_cast<std::uint8_t>(text.size());
        }
    }

    std::array<char, kInsideMax> inside_ = {};
    std::uint8_t size_ = 0;                 // Of what is inside.
    std::unique_ptr<std::string> outside_;  // The whole text, when it is longer.
};

}  // namespace onsite::simulator

template <>
struct fmt::formatter<onsite::simulator::Id> : fmt::formatter<std::string_view> {
    auto format(const onsite::simulator::Id& id, fmt::format_context& context) const {
        return fmt::formatter<std::string_view>::format(id, context);
    }
};

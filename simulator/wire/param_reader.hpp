// Reads the parameters that an endpoint takes and refuses all others, as Stripe does.
#pragma once

#include <cstdint>
#include <expected>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/core/shared.hpp"
#include "simulator/wire/api_error.hpp"
#include "simulator/wire/params.hpp"

namespace onsite::simulator {

// In characters, as all lengths of texts here: code points of Unicode, which Stripe counts.
inline constexpr std::size_t kTextLengthMax = 5'000;
// docs.stripe.com/api/metadata
inline constexpr std::size_t kMetadataKeysMax = 50;
inline constexpr std::size_t kMetadataKeyLengthMax = 40;
inline constexpr std::size_t kMetadataValueLengthMax = 500;
// 99999999 in the smallest unit (docs.stripe.com/currencies).
inline constexpr std::int64_t kAmountMax = 99'999'999;

using Metadata = Shared<std::map<std::string, std::string>>;

// Every getter records the first problem and gives a neutral value from then on, so that a handler
// stays a list of plain assignments that ends with finish():
//
//     const auto amount = params.required_integer("amount", 1, kAmountMax);
//     const auto customer = params.text("customer");
//     if (auto good = params.finish(); !good) return std::unexpected(good.error());
//
// Readers of nested objects record into the same place. Thread safety: none.
class ParamReader {
public:
    // REQUIRES: params outlives the reader and all that come from it.
    explicit ParamReader(Params& params) : ParamReader(params, &params.root(), {}) {}

    // Nothing when it was not sent. An empty text was sent to unset: clears() tells.
    std::optional<std::string_view> text(std::string_view name,
                                         std::size_t length_max = kTextLengthMax);
    std::string_view required_text(std::string_view name, std::size_t length_max = kTextLengthMax);
    // As text(), but refuses the empty text.
    std::optional<std::string_view> set_text(std::string_view name,
                                             std::size_t length_max = kTextLengthMax);
    // As text(), but refuses what is no address of a mailbox (email_invalid).
    std::optional<std::string_view> email(std::string_view name,
                                          std::size_t length_max = kTextLengthMax);
    // An address with a scheme and without characters that could end a header line; others are
    // refused (url_invalid).
    std::optional<std::string_view> url(std::string_view name);
    std::optional<std::int64_t> integer(
        std::string_view name, std::int64_t min = std::numeric_limits<std::int64_t>::min(),
        std::int64_t max = std::numeric_limits<std::int64_t>::max());
    std::int64_t required_integer(std::string_view name, std::int64_t min, std::int64_t max);
    std::optional<bool> flag(std::string_view name);
    // One of `words`, as its place among them.
    std::optional<std::size_t> choice(std::string_view name,
                                      std::span<const std::string_view> words);
    // The three-letter code in lower case; an unknown one is refused.
    std::optional<std::string> currency(std::string_view name);
    std::string required_currency(std::string_view name);

    // The texts of an array, in the order of their numbers.
    std::vector<std::string> texts(std::string_view name);
    // The parameters of an object; a reader of nothing when it was not sent.
    ParamReader object(std::string_view name);
    // The objects of an array, in the order of their numbers.
    std::vector<ParamReader> objects(std::string_view name);

    // Applies what was sent to what is there: a key with an empty value is removed, an empty
    // `metadata` removes all.
    void update_metadata(Metadata& metadata);

    bool has(std::string_view name) const;
    bool is_object(std::string_view name) const;  // Sent as name[...].
    // Whether it was sent as an empty text.
    bool clears(std::string_view name) const;
    // Takes a parameter and everything in it without reading it: for what the simulator has no use
    // for (the fidelity table says so).
    void ignore(std::string_view name);
    void ignore(std::initializer_list<std::string_view> names);

    // Records a problem that the handler found. `name` is a parameter of this object.
    void refuse(std::string_view name, std::string message);
    void refuse(ApiError error);
    // "items[0][price]"
    std::string path_of(std::string_view name) const;

    // The first problem, or the parameters that nobody asked for.
    std::expected<void, ApiError> finish();

private:
    ParamReader(Params& params, ParamNode* node, std::string path);

    ParamNode* take(std::string_view name);
    const ParamNode* value_of(std::string_view name);

    Params* params_;   // Of the whole request.
    ParamNode* node_;  // Nothing when the object was not sent.
    std::string path_;
};

}  // namespace onsite::simulator

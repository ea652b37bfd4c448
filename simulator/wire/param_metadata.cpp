// The metadata of an object. Source: docs.stripe.com/api/metadata.
#include <fmt/format.h>

#include "simulator/wire/param_reader.hpp"

namespace onsite::simulator {
namespace {

// What Stripe calls the part of the metadata that is too long: "value", "key".
ApiError metadata_too_long(std::string param, std::string_view part, std::size_t length_max,
                           std::string_view text) {
    return invalid_parameter(
        param, fmt::format("Metadata {0}s can have up to {1} characters, but you passed in a {0} "
                           "that is {2} characters. Invalid {0}: {3}",
                           part, length_max, length_of(text), text));
}

}  // namespace

void ParamReader::update_metadata(Metadata& metadata) {
    if (clears("metadata")) metadata.reset();
    ParamReader sent = object("metadata");
    if (sent.node_ == nullptr) return;
    auto& changed = metadata.edit();
    for (const ParamNode& entry : sent.node_->children) {
        const auto value = sent.text(entry.key, std::string_view::npos);
        if (length_of(entry.key) > kMetadataKeyLengthMax) {
            refuse(metadata_too_long(path_of("metadata"), "key", kMetadataKeyLengthMax, entry.key));
        } else if (value && length_of(*value) > kMetadataValueLengthMax) {
            refuse(
                metadata_too_long(path_of("metadata"), "value", kMetadataValueLengthMax, *value));
        } else if (!value || value->empty()) {
            changed.erase(entry.key);
        } else {
            changed.insert_or_assign(entry.key, std::string(*value));
        }
    }
    if (changed.size() > kMetadataKeysMax) {
        refuse("metadata", fmt::format("Metadata can have at most {} keys", kMetadataKeysMax));
    }
}

}  // namespace onsite::simulator

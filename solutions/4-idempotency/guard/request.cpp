#include "solutions/4-idempotency/guard/request.hpp"

#include <nlohmann/json.hpp>

#include "base/hash.hpp"
#include "base/json.hpp"

namespace onsite::idempotency {

std::string canonical_parameters(std::string_view body) {
    // nlohmann's objects are in the order of their names.
    const Json json = Json::parse(body, nullptr, false);
    return to_text(json.is_discarded() ? Json(std::string(body)) : json);
}

std::string fingerprint(std::string_view operation, std::string_view parameters) {
    std::string text(operation);
    text += '\n';
    text += parameters;
    return sha256_hex(text);
}

}  // namespace onsite::idempotency

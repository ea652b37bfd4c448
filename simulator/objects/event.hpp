// What changed, as it is told to webhook endpoints. Source: docs.stripe.com/api/events.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "simulator/core/id.hpp"
#include "simulator/core/shared.hpp"
#include "simulator/wire/json_writer.hpp"

namespace onsite::simulator {

// An object as it was at one moment, rendered once and shared by all who keep it.
using Body = std::shared_ptr<const std::string>;

// An object as it was at one moment, in whichever form costs less: the text, where an answer has it
// as well, or what writes the text once somebody asks for it, which most events never see.
class Snapshot {
public:
    using Writer = std::function<void(JsonWriter&)>;

    Snapshot(Body text) : form_(std::move(text)) {}
    // `writer` holds a copy of what it needs.
    explicit Snapshot(Writer writer) : form_(std::move(writer)) {}

    void write(JsonWriter& json) const {
        if (const auto* text = std::get_if<Body>(&form_)) return json.raw(**text);
        std::get<Writer>(form_)(json);
    }

private:
    std::variant<Body, Writer> form_;
};

// Who makes a change: a request and its idempotency key, or nobody but time.
struct Origin {
    Id request_id = {};
    std::string idempotency_key = {};
};

struct Event {
    Id id;  // "evt_"
    std::int64_t created = 0;
    std::string_view type;  // "payment_intent.succeeded"
    Snapshot object;
    std::string previous_attributes = {};  // JSON; empty unless the type ends in ".updated".
    Shared<Origin> origin = {};            // The same for all events of a request.
    int pending_webhooks = 0;
};

}  // namespace onsite::simulator

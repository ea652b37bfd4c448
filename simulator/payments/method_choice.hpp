// Which payment method a request pays with: one that exists, or one that it brings along.
#pragma once

#include <expected>
#include <optional>
#include <string_view>

#include "simulator/core/world.hpp"
#include "simulator/payments/card_input.hpp"

namespace onsite::simulator {

// Parameters of a payment method that does not exist yet: those of POST /v1/payment_methods and of
// payment_method_data.
struct MethodInput {
    CardInput card = {};
    Shared<BillingDetails> billing_details = {};
    Metadata metadata = {};
    std::string allow_redisplay = "unspecified";
};
MethodInput read_method(ParamReader& params);

// Sent as payment_method or as payment_method_data, or not at all; both is an error.
struct MethodParams {
    std::string id = {};
    std::optional<MethodInput> data = {};

    bool is_sent() const { return !id.empty() || data.has_value(); }
};
MethodParams read_method_params(ParamReader& params);

// Nothing was changed yet: keep() makes what does not exist.
class MethodChoice {
public:
    // Of one that exists; nothing was chosen when it is nullptr.
    explicit MethodChoice(PaymentMethod* existing = nullptr) : existing_(existing) {}
    explicit MethodChoice(PaymentMethod made, CardInput input = {})
        : made_(std::move(made)), input_(std::move(input)) {}

    const PaymentMethod* get() const { return made_ ? &*made_ : existing_; }
    // The payment method in the tables; a token that it was made of is used up.
    // REQUIRES: something was chosen; called once.
    PaymentMethod& keep(World& world);

private:
    PaymentMethod* existing_ = nullptr;
    std::optional<PaymentMethod> made_ = {};
    CardInput input_ = {};
};

// Errors: those of checked_card(); 400 when an id names nothing.
std::expected<MethodChoice, ApiError> choose_method(World& world, MethodParams params);
std::expected<MethodChoice, ApiError> choose_method(World& world, std::string_view id,
                                                    std::string_view param = "payment_method");
std::expected<MethodChoice, ApiError> choose_method(World& world, MethodInput input,
                                                    std::string_view param);

// Whether there is this customer, and was not deleted; empty means that none was sent.
// Errors: 400, of the parameter "customer".
std::expected<void, ApiError> check_customer(const World& world, std::string_view id);

// Whether this customer, or nobody when it is empty, can pay with it.
// Errors: 400, as Stripe says it.
std::expected<void, ApiError> check_owner(const PaymentMethod& method, std::string_view customer);

// Whether it can be a default of what the customer is billed for: it has to be attached.
// Errors: 400 resource_missing.
std::expected<void, ApiError> check_default_method(const World& world, std::string_view id,
                                                   std::string_view customer,
                                                   std::string_view param);
bool is_attached_to(const World& world, std::string_view id, std::string_view customer);

// Whether this customer can keep it. A bank that refuses the card refuses to have it kept, too; one
// test card is there to be kept. Errors: 400 when it is another's or used up, 402 of the bank.
std::expected<void, ApiError> check_attachable(const World& world, const PaymentMethod& method,
                                               std::string_view customer);

// Gives it to the customer and tells so. REQUIRES: it has no other customer.
void attach(World& world, PaymentMethod& method, std::string_view customer);

// Takes it from its customer for good, whose default it no longer is. Returns the body of the
// event.
Body detach(World& world, PaymentMethod& method);

}  // namespace onsite::simulator

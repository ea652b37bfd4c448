// What calls about customers say of their payment methods: what to keep, and what to charge first.
#pragma once

#include <expected>
#include <optional>
#include <string>

#include "simulator/core/call.hpp"
#include "simulator/payments/method_choice.hpp"

namespace onsite::simulator {

// payment_method, source, default_source and invoice_settings[default_payment_method].
struct CustomerMethods {
    std::string payment_method = {};                      // To be attached.
    std::string source = {};                              // A token, to be kept as a card.
    std::optional<std::string> default_source = {};       // Empty: none any more.
    std::optional<std::string> default_of_invoices = {};  // Empty: none any more.
};

// Takes source and, of a new customer, payment_method; of another one default_source.
CustomerMethods read_customer_methods(ParamReader& params, bool is_new);
// The part that stands in invoice_settings.
void read_default_of_invoices(ParamReader& settings, CustomerMethods& methods);

// They were looked up and can be kept; nothing was changed yet.
struct ChosenMethods {
    MethodChoice to_attach = MethodChoice();
    MethodChoice default_of_invoices = MethodChoice();
    std::optional<Card> source = {};
    CustomerMethods sent = {};
};
// `customer` is empty when it is not made yet. The name of a test card as the default is the method
// that is attached by that name, or else a new one. Errors: 400 when an id names nothing or belongs
// to somebody else; 402 when the bank refuses the card.
std::expected<ChosenMethods, ApiError> choose_customer_methods(World& world,
                                                               std::string_view customer,
                                                               CustomerMethods sent);

// Keeps them, and sets the defaults of the customer; nobody is told yet.
struct KeptMethods {
    std::string attached = {};
    std::string default_of_invoices = {};
};
KeptMethods keep_customer_methods(World& world, Customer& customer, ChosenMethods chosen);
// Attaches what was kept, with its events.
void attach_kept(World& world, const Customer& customer, const KeptMethods& kept);

}  // namespace onsite::simulator

#include "simulator/resources/customer_methods.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "simulator/payments/card_input.hpp"

namespace onsite::simulator {
namespace {

// The default is one that the customer has, the one that comes along, or a test card by its name.
std::expected<void, ApiError> choose_default(World& world, std::string_view customer,
                                             ChosenMethods& chosen) {
    const std::string id = chosen.sent.default_of_invoices.value_or("");
    const bool comes_along = id == chosen.sent.payment_method;
    if (id.empty() || comes_along || is_attached_to(world, id, customer)) return {};
    constexpr std::string_view kParam = "invoice_settings[default_payment_method]";
    auto choice = choose_method(world, id, kParam);
    if (!choice) return std::unexpected(std::move(choice.error()));
    // One that exists is not attached; a test card's name becomes one that will be.
    if (!choice->get()->id.empty()) return check_default_method(world, id, customer, kParam);
    chosen.default_of_invoices = std::move(*choice);
    return {};
}

std::expected<void, ApiError> choose_source(World& world, ChosenMethods& chosen) {
    if (chosen.sent.source.empty()) return {};
    auto card = checked_card(world, {.token = chosen.sent.source}, "source");
    if (!card) return std::unexpected(std::move(card.error()));
    const PaymentMethod method{.id = {}, .card = *card};
    if (auto good = check_attachable(world, method, ""); !good) return good;
    chosen.source = std::move(*card);
    return {};
}

// The card of a token becomes a payment method under the id that it has as a card.
std::string keep_source(World& world, const Customer& customer, ChosenMethods& chosen) {
    const Token* token = world.tables.tokens.find(chosen.sent.source);
    PaymentMethod method{.id = token == nullptr ? world.ids.next("card_") : Id(token->card_id),
                         .created = world.timeline.now_s(),
                         .customer = customer.id,
                         .card = std::move(*chosen.source)};
    if (token != nullptr) {
        method.billing_details =
            BillingDetails{.address = token->owner.address, .name = token->owner.name};
    }
    use_up(world, {.token = chosen.sent.source});
    return world.tables.payment_methods.add(std::move(method)).id;
}

}  // namespace

CustomerMethods read_customer_methods(ParamReader& params, bool is_new) {
    CustomerMethods methods;
    methods.source = params.set_text("source").value_or("");
    if (is_new) {
        methods.payment_method = params.set_text("payment_method").value_or("");
    } else if (const auto sent = params.text("default_source")) {
        methods.default_source = *sent;
    }
    return methods;
}

void read_default_of_invoices(ParamReader& settings, CustomerMethods& methods) {
    if (const auto sent = settings.text("default_payment_method")) {
        methods.default_of_invoices = *sent;
    }
}

std::expected<ChosenMethods, ApiError> choose_customer_methods(World& world,
                                                               std::string_view customer,
                                                               CustomerMethods sent) {
    ChosenMethods chosen{.sent = std::move(sent)};
    if (!chosen.sent.payment_method.empty()) {
        auto choice = choose_method(world, chosen.sent.payment_method);
        if (!choice) return std::unexpected(std::move(choice.error()));
        if (auto good = check_attachable(world, *choice->get(), customer); !good) {
            return std::unexpected(std::move(good.error()));
        }
        chosen.to_attach = std::move(*choice);
    }
    const std::string source = chosen.sent.default_source.value_or("");
    if (!source.empty() && !is_attached_to(world, source, customer)) {
        return std::unexpected(no_such("source", source, "default_source"));
    }
    for (const auto& done :
         {choose_default(world, customer, chosen), choose_source(world, chosen)}) {
        if (!done) return std::unexpected(done.error());
    }
    return chosen;
}

KeptMethods keep_customer_methods(World& world, Customer& customer, ChosenMethods chosen) {
    KeptMethods kept;
    if (chosen.to_attach.get() != nullptr) kept.attached = chosen.to_attach.keep(world).id;
    if (chosen.default_of_invoices.get() != nullptr) {
        kept.default_of_invoices = chosen.default_of_invoices.keep(world).id;
        customer.default_payment_method = kept.default_of_invoices;
    } else if (const auto& id = chosen.sent.default_of_invoices) {
        const bool comes_along = !id->empty() && *id == chosen.sent.payment_method;
        customer.default_payment_method = comes_along ? kept.attached : *id;
    }
    if (chosen.source) {
        customer.default_source = keep_source(world, customer, chosen);
    } else if (chosen.sent.default_source) {
        customer.default_source = *chosen.sent.default_source;
    }
    return kept;
}

void attach_kept(World& world, const Customer& customer, const KeptMethods& kept) {
    for (const std::string& id : {kept.attached, kept.default_of_invoices}) {
        PaymentMethod* method = world.tables.payment_methods.find(id);
        if (method != nullptr) attach(world, *method, customer.id);
    }
}

}  // namespace onsite::simulator

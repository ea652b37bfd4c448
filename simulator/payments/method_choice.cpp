#include "simulator/payments/method_choice.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "simulator/payments/decline.hpp"
#include "simulator/payments/test_cards.hpp"
#include "simulator/resources/payment_methods.hpp"

namespace onsite::simulator {
namespace {

constexpr std::array<std::string_view, 1> kMethodTypes = {"card"};
constexpr std::array<std::string_view, 3> kAllowRedisplay = {"always", "limited", "unspecified"};

}  // namespace

MethodInput read_method(ParamReader& params) {
    MethodInput input;
    if (!params.has("type")) params.refuse(parameter_missing(params.path_of("type")));
    params.choice("type", kMethodTypes);
    if (!params.has("card")) params.refuse(parameter_missing(params.path_of("card")));
    if (params.is_object("card")) input.card = read_card(params.object("card"));
    update_billing_details(params, input.billing_details);
    params.update_metadata(input.metadata);
    if (const auto word = params.choice("allow_redisplay", kAllowRedisplay)) {
        input.allow_redisplay = kAllowRedisplay[*word];
    }
    params.ignore("radar_options");
    return input;
}

MethodParams read_method_params(ParamReader& params) {
    MethodParams sent;
    sent.id = params.set_text("payment_method").value_or("");
    if (!params.has("payment_method_data")) return sent;
    if (!sent.id.empty()) {
        params.refuse("payment_method_data",
                      "You cannot send payment_method_data together with payment_method.");
    }
    ParamReader data = params.object("payment_method_data");
    sent.data = read_method(data);
    return sent;
}

PaymentMethod& MethodChoice::keep(World& world) {
    if (!made_) return *existing_;
    use_up(world, input_);
    made_->id = world.ids.next("pm_");
    made_->created = world.timeline.now_s();
    return world.tables.payment_methods.add(*std::exchange(made_, std::nullopt));
}

std::expected<MethodChoice, ApiError> choose_method(World& world, std::string_view id,
                                                    std::string_view param) {
    if (PaymentMethod* existing = world.tables.payment_methods.find(id)) {
        return MethodChoice(existing);
    }
    const TestCard* test = find_test_payment_method(id);
    if (test == nullptr) return std::unexpected(no_such("PaymentMethod", id, param));
    return MethodChoice(PaymentMethod{.id = {}, .card = card_of(world, *test)});
}

std::expected<MethodChoice, ApiError> choose_method(World& world, MethodInput input,
                                                    std::string_view param) {
    auto card = checked_card(world, input.card, param);
    if (!card) return std::unexpected(std::move(card.error()));
    return MethodChoice({.id = {},
                         .card = std::move(*card),
                         .billing_details = std::move(input.billing_details),
                         .metadata = std::move(input.metadata),
                         .allow_redisplay = std::move(input.allow_redisplay)},
                        std::move(input.card));
}

std::expected<MethodChoice, ApiError> choose_method(World& world, MethodParams params) {
    if (params.data) {
        return choose_method(world, std::move(*params.data), "payment_method_data[card][token]");
    }
    return params.id.empty() ? MethodChoice() : choose_method(world, params.id);
}

std::expected<void, ApiError> check_customer(const World& world, std::string_view id) {
    const Customer* customer = world.tables.customers.find(id);
    if (id.empty() || (customer != nullptr && !customer->is_deleted)) return {};
    return std::unexpected(no_such("customer", id, "customer"));
}

std::expected<void, ApiError> check_owner(const PaymentMethod& method, std::string_view customer) {
    if (method.customer == customer && !method.is_used_up) return {};
    if (method.is_used_up) {
        return std::unexpected(wrong_state(
            {},
            "The provided PaymentMethod was previously used with a PaymentIntent without Customer "
            "attachment, shared with a connected account without Customer attachment, or was "
            "detached from a Customer. It may not be used again. To use a PaymentMethod multiple "
            "times, you must attach it to a Customer first."));
    }
    if (method.customer.empty()) return {};
    ApiError error = wrong_state(
        {}, customer.empty()
                ? fmt::format("The PaymentMethod {} belongs to the Customer {}. Please include the "
                              "Customer in the `customer` parameter.",
                              method.id, method.customer)
                : fmt::format("The PaymentMethod {} does not belong to the Customer {}.", method.id,
                              customer));
    error.param = "payment_method";
    return std::unexpected(std::move(error));
}

bool is_attached_to(const World& world, std::string_view id, std::string_view customer) {
    const PaymentMethod* method = world.tables.payment_methods.find(id);
    return method != nullptr && !customer.empty() && method->customer == customer;
}

std::expected<void, ApiError> check_default_method(const World& world, std::string_view id,
                                                   std::string_view customer,
                                                   std::string_view param) {
    if (is_attached_to(world, id, customer)) return {};
    return std::unexpected(
        ApiError{.code = "resource_missing",
                 .message = fmt::format("The customer does not have a payment method with the ID "
                                        "{}. The payment method must be attached to the customer.",
                                        id),
                 .param = std::string(param)});
}

std::expected<void, ApiError> check_attachable(const World& world, const PaymentMethod& method,
                                               std::string_view customer) {
    if (!method.customer.empty() && method.customer != customer) {
        return std::unexpected(
            wrong_state({},
                        "The payment method you provided has already been attached to a "
                        "customer."));
    }
    if (auto good = check_owner(method, method.customer); !good) return good;
    std::string_view decline_code = world.forced_decline;
    const TestCard& test = *method.card.test;
    if (decline_code.empty() && !test.attaches) decline_code = test.decline_code;
    if (decline_code.empty()) return {};
    return std::unexpected(card_error(decline_of(decline_code)));
}

void attach(World& world, PaymentMethod& method, std::string_view customer) {
    if (method.customer == customer) return;
    PaymentMethod changed = method;
    changed.customer = customer;
    world.tables.payment_methods.replace(method, std::move(changed));
    world.emit("payment_method.attached", rendered(world, kPaymentMethodType, method.id));
}

Body detach(World& world, PaymentMethod& method) {
    std::string before = fmt::format(R"({{"customer":"{}"}})", method.customer);
    if (Customer* customer = world.tables.customers.find(method.customer)) {
        for (std::string* place : {&customer->default_payment_method, &customer->default_source}) {
            if (*place == method.id) place->clear();
        }
    }
    PaymentMethod changed = method;
    changed.customer.clear();
    changed.is_used_up = true;
    world.tables.payment_methods.replace(method, std::move(changed));
    Body body = rendered(world, kPaymentMethodType, method.id);
    world.emit("payment_method.detached", body, std::move(before));
    return body;
}

}  // namespace onsite::simulator

#include <fmt/format.h>

#include "simulator/resources/payment_intents.hpp"
#include "simulator/wire/currency.hpp"

namespace onsite::simulator {
namespace {

constexpr std::size_t kDescriptorLengthMax = 22;
constexpr std::array<std::string_view, 2> kFutureUsages = {"off_session", "on_session"};

// "$999,999.99", as Stripe writes the greatest amount.
std::string_view shown_amount_max(std::string_view currency) {
    switch (exponent_of(currency)) {
        case 0:
            return "99,999,999";
        case 3:
            return "99,999.999";
        default:
            return currency == "usd" ? "$999,999.99" : "999,999.99";
    }
}

void read_types(ParamReader& params, IntentOptions& options) {
    if (!params.has("payment_method_types")) return;
    options.has_own_types = true;
    options.takes_link = false;
    bool takes_cards = false;
    for (const std::string& type : params.texts("payment_method_types")) {
        if (type == "card") {
            takes_cards = true;
        } else if (type == "link") {
            options.takes_link = true;
        } else {
            params.refuse("payment_method_types",
                          fmt::format("The payment method type \"{}\" is invalid. This simulator "
                                      "has card and link.",
                                      type));
        }
    }
    if (!takes_cards) {
        params.refuse("payment_method_types",
                      "The payment method types of this simulator include \"card\".");
    }
}

// docs.stripe.com/get-started/account/statement-descriptors#requirements
void check_descriptor(ParamReader& params, std::string_view name) {
    constexpr std::string_view kForbidden = "<>\\'\"*";
    const std::string_view sent = params.text(name, kDescriptorLengthMax).value_or("");
    if (sent.find_first_of(kForbidden) == sent.npos) return;
    params.refuse(name, fmt::format("The {} must not contain any of the characters <, >, \\, ', "
                                    "\", *.",
                                    name));
}

// Cards take the descriptor of the account, and a suffix to it. An intent that leaves the choice
// of methods to Stripe is not refused here.
void refuse_descriptor(ParamReader& params, const PaymentIntent& intent) {
    if (!intent.options.has_own_types || intent.texts->statement_descriptor.empty()) return;
    params.refuse("statement_descriptor",
                  "The statement_descriptor parameter is not supported for the "
                  "payment_method_type `card`. To continue supporting payment_method_type `card`, "
                  "please pass in `statement_descriptor_suffix` or remove the "
                  "`statement_descriptor` parameter altogether. Please see "
                  "https://support.stripe.com/questions/"
                  "use-of-the-statement-descriptor-parameter-on-paymentintents-for-card-charges "
                  "for additional details.");
}

void read_automatic(ParamReader& params, IntentOptions& options) {
    constexpr std::array<std::string_view, 2> kAllowRedirects = {"always", "never"};
    if (!params.has("automatic_payment_methods")) return;
    ParamReader automatic = params.object("automatic_payment_methods");
    if (!automatic.has("enabled")) {
        automatic.refuse(parameter_missing(automatic.path_of("enabled")));
    }
    const bool is_enabled = automatic.flag("enabled").value_or(true);
    const auto redirects = automatic.choice("allow_redirects", kAllowRedirects);
    if (is_enabled && options.has_own_types) {
        params.refuse("automatic_payment_methods",
                      "You may only specify one of these parameters: automatic_payment_methods, "
                      "payment_method_types.");
    }
    options.has_own_types = !is_enabled;
    options.never_redirects = redirects == std::size_t{1};
}

void read_card_options(ParamReader& params, IntentOptions& options) {
    constexpr std::array<std::string_view, 3> kRequests = {"any", "automatic", "challenge"};
    constexpr std::array<std::string_view, 2> kIncrements = {"if_available", "never"};
    if (!params.has("payment_method_options")) return;
    ParamReader methods = params.object("payment_method_options");
    methods.ignore("link");
    ParamReader card = methods.object("card");
    if (const auto word = card.choice("request_three_d_secure", kRequests)) {
        options.request_three_d_secure = kRequests[*word];
        options.asks_authentication = kRequests[*word] != "automatic";
    }
    if (const auto word = card.choice("request_incremental_authorization", kIncrements)) {
        options.can_increment = *word == 0;
    }
    card.ignore({"cvc_token", "installments", "mandate_options", "moto", "network",
                 "request_extended_authorization", "request_multicapture", "request_overcapture",
                 "require_cvc_recollection", "statement_descriptor_suffix_kana",
                 "statement_descriptor_suffix_kanji"});
}

}  // namespace

void read_attempt(ParamReader& params, IntentAttempt& attempt) {
    attempt.return_url = params.url("return_url").value_or("");
    attempt.uses_stripe_sdk = params.flag("use_stripe_sdk").value_or(false);
}

void read_payment_attempt(ParamReader& params, IntentAttempt& attempt) {
    read_attempt(params, attempt);
    attempt.fails_on_action = params.flag("error_on_requires_action").value_or(false);
    const auto sent = params.set_text("off_session").value_or("false");
    const bool is_a_word = sent == "one_off" || sent == "recurring";
    attempt.is_off_session = is_a_word || params.flag("off_session").value_or(false);
}

void refuse_attempt(ParamReader& params, std::string_view kind,
                    std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        if (!params.has(name)) continue;
        params.ignore(name);
        params.refuse(name, fmt::format("The parameter `{}` cannot be passed when creating a {} "
                                        "unless `confirm` is set to true.",
                                        name, kind));
    }
    params.ignore("use_stripe_sdk");
}

void read_options(ParamReader& params, IntentOptions& options) {
    read_types(params, options);
    read_automatic(params, options);
    read_card_options(params, options);
    params.ignore({"excluded_payment_method_types", "mandate", "mandate_data",
                   "payment_method_configuration"});
    if (params.has("confirmation_token")) {
        params.ignore("confirmation_token");
        params.refuse("confirmation_token", "This simulator has no confirmation tokens.");
    }
}

void read_payment_intent(ParamReader& params, PaymentIntent& intent) {
    read_options(params, intent.options);
    for (const auto& [name, field] :
         {std::pair{"description", &PaymentTexts::description},
          std::pair{"statement_descriptor", &PaymentTexts::statement_descriptor},
          std::pair{"statement_descriptor_suffix", &PaymentTexts::statement_descriptor_suffix},
          std::pair{"transfer_group", &PaymentTexts::transfer_group}}) {
        const bool is_short = std::string_view(name).starts_with("statement");
        if (const auto sent = params.text(name, is_short ? kDescriptorLengthMax : kTextLengthMax)) {
            intent.texts.edit().*field = *sent;
        }
    }
    check_descriptor(params, "statement_descriptor");
    check_descriptor(params, "statement_descriptor_suffix");
    refuse_descriptor(params, intent);
    if (const auto email = params.email("receipt_email")) {
        intent.texts.edit().receipt_email = *email;
    }
    if (params.clears("setup_future_usage")) {
        params.ignore("setup_future_usage");
        intent.options.setup_future_usage.clear();
    } else if (const auto word = params.choice("setup_future_usage", kFutureUsages)) {
        intent.options.setup_future_usage = kFutureUsages[*word];
    }
    if (const auto word = params.choice("capture_method", kCaptureMethods)) {
        intent.capture_method = static_cast<CaptureMethod>(*word);
    }
    update_shipping(params, intent.shipping);
    params.update_metadata(intent.metadata);
    params.ignore({"amount_details", "payment_details", "radar_options", "hooks"});
    for (const std::string_view name :
         {"application_fee_amount", "on_behalf_of", "transfer_data"}) {
        if (!params.has(name)) continue;
        params.ignore(name);
        params.refuse(name, "This simulator has no connected accounts.");
    }
}

void read_amount(ParamReader& params, PaymentIntent& intent) {
    if (const auto currency = params.currency("currency")) intent.currency = *currency;
    const auto amount = params.integer("amount", 1);
    if (amount) intent.amount = *amount;
    if (intent.currency.empty() || intent.amount == 0) return;
    if (intent.amount > kAmountMax) {
        params.refuse({.code = "amount_too_large",
                       .message = fmt::format("Amount must be no more than {}",
                                              shown_amount_max(intent.currency)),
                       .param = "amount"});
    } else if (const auto least = least_charge(intent.currency); intent.amount < least) {
        params.refuse({.code = "amount_too_small",
                       .message = fmt::format("Amount must be at least {}",
                                              shown_amount(least, intent.currency)),
                       .param = "amount"});
    }
}

void check_client_secret(ParamReader& params, std::string_view secret) {
    const auto sent = params.set_text("client_secret");
    if (!sent || *sent == secret) return;
    params.refuse("client_secret",
                  "The client_secret provided does not match the client_secret associated with "
                  "this object.");
}

}  // namespace onsite::simulator

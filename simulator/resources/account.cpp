#include "simulator/resources/account.hpp"

#include <array>

#include <fmt/format.h>

namespace onsite::simulator {
namespace {

constexpr std::string_view kAccountSource = "docs.stripe.com/api/accounts";
constexpr std::int64_t kAccountCreated = 1'704'067'200;  // 1 January 2024, as good as any day.

// An account that may do everything and has set nothing.
constexpr std::string_view kBusinessProfile =
    R"({"annual_revenue":null,"estimated_worker_count":null,"mcc":null,)"
    R"("minority_owned_business_designation":null,"name":"Onsite","product_description":null,)"
    R"("support_address":null,"support_email":null,"support_phone":null,"support_url":null,)"
    R"("url":null})";
constexpr std::string_view kSettings =
    R"({"bacs_debit_payments":{"display_name":null,"service_user_number":null},)"
    R"("branding":{"icon":null,"logo":null,"primary_color":null,"secondary_color":null},)"
    R"("card_issuing":{"tos_acceptance":{"date":null,"ip":null}},)"
    R"("card_payments":{"decline_on":{"avs_failure":false,"cvc_failure":false},)"
    R"("statement_descriptor_prefix":null,"statement_descriptor_prefix_kana":null,)"
    R"("statement_descriptor_prefix_kanji":null},)"
    R"("dashboard":{"display_name":"Onsite","timezone":"Etc/UTC"},)"
    R"("invoices":{"default_account_tax_ids":null,"hosted_payment_method_save":null},)"
    R"("payments":{"statement_descriptor":"ONSITE","statement_descriptor_kana":null,)"
    R"("statement_descriptor_kanji":null},)"
    R"("payouts":{"debit_negative_balances":true,)"
    R"("schedule":{"delay_days":2,"interval":"daily"},"statement_descriptor":null},)"
    R"("sepa_debit_payments":{}})";

bool render_account(JsonWriter& json, const View& view, std::string_view id) {
    if (id != view.world.account) return false;
    json.begin_object();
    json.text("id", id);
    json.word("object", "account");
    json.raw("business_profile", kBusinessProfile);
    json.null("business_type");
    json.raw("capabilities", R"({"card_payments":"active","transfers":"active"})");
    json.flag("charges_enabled", true);
    json.raw("controller", R"({"type":"account"})");
    json.word("country", "US");
    json.number("created", kAccountCreated);
    json.word("default_currency", "usd");
    json.flag("details_submitted", true);
    json.null("email");
    json.flag("payouts_enabled", true);
    json.raw("settings", kSettings);
    json.word("type", "standard");
    json.end_object();
    return true;
}

Answer retrieve_own(Call& call) {
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kAccountType, call.world.account);
}

Answer retrieve_account(Call& call) {
    if (call.ids[0] == call.world.account) return retrieve_own(call);
    ApiError error{.status = 403, .code = "account_invalid"};
    error.message = fmt::format(
        "The provided key does not have access to account '{}' (or that account does not exist). "
        "Application access may have been revoked.",
        call.ids[0]);
    return std::unexpected(error);
}

constexpr std::array kAccountRoutes = {
    Route{.method = Method::get,
          .path = "/v1/account",
          .handle = retrieve_own,
          .result = "account",
          .fidelity = Fidelity::simplified,
          .note = "every account is a US one in which nothing was set",
          .source = kAccountSource},
    Route{.method = Method::get,
          .path = "/v1/accounts/{id}",
          .handle = retrieve_account,
          .result = "account",
          .fidelity = Fidelity::simplified,
          .note = "of the key's own account; there are no connected ones",
          .source = kAccountSource},
};

}  // namespace

const ResourceType kAccountType = {"account", "acct_", {}, render_account};

std::span<const Route> account_routes() { return kAccountRoutes; }

}  // namespace onsite::simulator

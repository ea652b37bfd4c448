#include <array>

#include <fmt/format.h>

#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/dunning.hpp"
#include "simulator/billing/invoicing.hpp"
#include "simulator/resources/cut_page.hpp"
#include "simulator/resources/invoice_of.hpp"
#include "simulator/resources/invoice_preview.hpp"
#include "simulator/resources/invoices.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kInvoiceActionSource =
    "docs.stripe.com/invoicing/integration/workflow-transitions, docs.stripe.com/api/invoices";

using enum InvoiceStatus;

ApiError cannot(std::string_view what, const Invoice& invoice) {
    if (invoice.status == paid) {
        return wrong_state("invoice_already_paid", "Invoice is already paid");
    }
    return wrong_state("invoice_not_editable",
                       fmt::format("You can only {} an invoice in another status: this one is {}.",
                                   what, to_string(invoice.status)));
}

std::int64_t now_of(Call& call, const Invoice& invoice) {
    return timeline_of(call.world, invoice.customer).now_s();
}

Answer finalize(Call& call) {
    const auto found = invoice_of(call);
    if (!found) return std::unexpected(found.error());
    Invoice& invoice = **found;
    const auto advances = call.params.flag("auto_advance");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (invoice.status != draft) {
        return std::unexpected(
            wrong_state("invoice_not_editable",
                        "This invoice is already finalized, you can't re-finalize a non-draft "
                        "invoice."));
    }
    if (advances) invoice.is_auto_advancing = *advances;
    finalize_invoice(call.world, invoice);
    if (invoice.status == open && invoice.is_auto_advancing &&
        invoice.collection == Collection::charge_automatically) {
        invoice.next_payment_attempt = now_of(call, invoice) + kDraftSeconds;
        watch_invoice(call.world, invoice);
    }
    return answer(call, kInvoiceType, invoice.id);
}

Answer pay(Call& call) {
    const auto found = invoice_of(call);
    if (!found) return std::unexpected(found.error());
    Invoice& invoice = **found;
    const auto method = call.params.set_text("payment_method");
    const bool is_out_of_band = call.params.flag("paid_out_of_band").value_or(false);
    const bool forgives = call.params.flag("forgive").value_or(false);
    call.params.ignore({"mandate", "off_session"});
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (invoice.status == paid || invoice.status == voided) {
        return std::unexpected(cannot("pay", invoice));
    }
    if (invoice.status == draft) finalize_invoice(call.world, invoice);
    if (invoice.status == paid) return answer(call, kInvoiceType, invoice.id);
    if (is_out_of_band || forgives) {
        pay_out_of_band(call.world, invoice);
        return answer(call, kInvoiceType, invoice.id);
    }
    const auto done =
        pay_invoice(call.world, invoice, {.payment_method = std::string(method.value_or(""))});
    if (!done) return std::unexpected(done.error());
    return answer(call, kInvoiceType, invoice.id);
}

Answer send(Call& call) {
    const auto found = invoice_of(call);
    if (!found) return std::unexpected(found.error());
    Invoice& invoice = **found;
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (invoice.collection != Collection::send_invoice) {
        return std::unexpected(
            wrong_state("",
                        "You can only manually send an invoice if its collection method is "
                        "'send_invoice'."));
    }
    if (invoice.status != draft && invoice.status != open) {
        return std::unexpected(cannot("send", invoice));
    }
    if (invoice.status == draft) finalize_invoice(call.world, invoice);
    send_invoice(call.world, invoice);
    return answer(call, kInvoiceType, invoice.id);
}

Answer void_invoice(Call& call) {
    const auto found = invoice_of(call);
    if (!found) return std::unexpected(found.error());
    Invoice& invoice = **found;
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (invoice.status != open && invoice.status != uncollectible) {
        return std::unexpected(cannot("void", invoice));
    }
    void_invoice(call.world, invoice);
    return answer(call, kInvoiceType, invoice.id);
}

Answer make_uncollectible(Call& call) {
    const auto found = invoice_of(call);
    if (!found) return std::unexpected(found.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if ((*found)->status != open) return std::unexpected(cannot("mark uncollectible", **found));
    mark_uncollectible(call.world, **found);
    return answer(call, kInvoiceType, (*found)->id);
}

Answer list_invoice_lines(Call& call) {
    const auto found = invoice_of(call);
    if (!found) return std::unexpected(found.error());
    const Page page = read_page(call.params);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    const View view = call.view().child("data");
    return cut_page(call, (*found)->lines, page,
                    [&](JsonWriter& json, const InvoiceLine& line, std::size_t place) {
                        write_invoice_line(json, view, **found, line, place);
                    });
}

constexpr std::array kInvoiceActionRoutes = {
    Route{.method = Method::post,
          .path = "/v1/invoices/create_preview",
          .handle = preview_invoice,
          .result = "invoice",
          .fidelity = Fidelity::simplified,
          .note =
              "of a subscription's renewal or change, of a new subscription, or of waiting "
              "items; discounts that the call names have ids that lead nowhere; customer_details "
              "has no effect; invoice_items, schedules and preview_mode are refused",
          .source = kInvoiceActionSource},
    Route{.method = Method::get,
          .path = "/v1/invoices/upcoming",
          .handle = upcoming_invoice,
          .result = "invoice",
          .fidelity = Fidelity::simplified,
          .note = "for clients of versions before 2025-03-31; a preview as above, by the items, "
                  "proration_behavior and proration_date of a subscription",
          .source = "docs.stripe.com/changelog/basil"},
    Route{.method = Method::post,
          .path = "/v1/invoices/{id}/finalize",
          .handle = finalize,
          .result = "invoice",
          .fidelity = Fidelity::simplified,
          .note = "with auto_advance the first attempt follows after one hour",
          .source = kInvoiceActionSource},
    Route{.method = Method::post,
          .path = "/v1/invoices/{id}/pay",
          .handle = pay,
          .result = "invoice",
          .fidelity = Fidelity::simplified,
          .note = "mandate, off_session and source are not used; a draft is finalised first",
          .source = kInvoiceActionSource},
    Route{.method = Method::post,
          .path = "/v1/invoices/{id}/send",
          .handle = send,
          .result = "invoice",
          .fidelity = Fidelity::simplified,
          .note = "no mail is sent",
          .source = kInvoiceActionSource},
    Route{.method = Method::post,
          .path = "/v1/invoices/{id}/void",
          .handle = void_invoice,
          .result = "invoice",
          .source = kInvoiceActionSource},
    Route{.method = Method::post,
          .path = "/v1/invoices/{id}/mark_uncollectible",
          .handle = make_uncollectible,
          .result = "invoice",
          .source = kInvoiceActionSource},
    Route{.method = Method::get,
          .path = "/v1/invoices/{id}/lines",
          .handle = list_invoice_lines,
          .result = "line_item",
          .shape = Shape::list,
          .source = kInvoiceActionSource},
};

}  // namespace

std::span<const Route> invoice_action_routes() { return kInvoiceActionRoutes; }

}  // namespace onsite::simulator

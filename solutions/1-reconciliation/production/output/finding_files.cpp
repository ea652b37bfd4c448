#include "solutions/1-reconciliation/production/output/finding_files.hpp"

namespace onsite::reconcile {
namespace {

Result<OutputFile> begin(const std::filesystem::path& folder, std::string_view name,
                         std::string_view suffix, std::string_view header) {
    auto file = OutputFile::create(folder / (std::string(name) + std::string(suffix)));
    if (!file) return pass_on(file);
    if (auto written = file->write(header); !written) return pass_on(written);
    return file;
}

}  // namespace

std::string_view differing_fields(const Discrepancy& discrepancy) {
    if (!discrepancy.currency_differs()) return "amount";
    return discrepancy.amount_differs() ? "amount+currency" : "currency";
}

Result<std::unique_ptr<FindingFiles>> FindingFiles::create(const std::filesystem::path& folder,
                                                           std::unique_ptr<FindingForm> form) {
    const std::string_view suffix = form->suffix();
    auto unmatched = begin(folder, "unmatched", suffix, form->unmatched_header());
    if (!unmatched) return pass_on(unmatched);
    auto discrepancies = begin(folder, "discrepancies", suffix, form->discrepancies_header());
    if (!discrepancies) return pass_on(discrepancies);
    auto rejected = begin(folder, "rejected", suffix, form->rejected_header());
    if (!rejected) return pass_on(rejected);
    return std::unique_ptr<FindingFiles>(new FindingFiles(
        std::move(form), std::move(*unmatched), std::move(*discrepancies), std::move(*rejected)));
}

Result<void> FindingFiles::unmatched(Side side, const Record& record) {
    form_->unmatched(side, record, unmatched_.waiting());
    return unmatched_.flush_block();
}

Result<void> FindingFiles::discrepancy(const Discrepancy& discrepancy) {
    form_->discrepancy(discrepancy, discrepancies_.waiting());
    return discrepancies_.flush_block();
}

Result<void> FindingFiles::rejected(Side side, const Rejection& rejection) {
    form_->rejected(side, rejection, rejected_.waiting());
    return rejected_.flush_block();
}

Result<std::vector<WrittenFile>> FindingFiles::close() {
    std::vector<WrittenFile> files;
    for (OutputFile* const file : {&unmatched_, &discrepancies_, &rejected_}) file->begin_close();
    for (OutputFile* const file : {&unmatched_, &discrepancies_, &rejected_}) {
        auto written = file->close();
        if (!written) return pass_on(written);
        files.push_back(*written);
    }
    return files;
}

}  // namespace onsite::reconcile

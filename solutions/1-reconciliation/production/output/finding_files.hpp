// Findings as files: unmatched, discrepancies and rejected, each as CSV (RFC 4180) or NDJSON.
//
// Both forms are exact: every byte of an id comes back. In NDJSON an id that is no UTF-8, which
// JSON cannot hold, is written as "id_hex" instead of "id".
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "solutions/1-reconciliation/production/findings.hpp"
#include "solutions/1-reconciliation/production/output/finding_sinks.hpp"
#include "solutions/1-reconciliation/production/output/output_file.hpp"

namespace onsite::reconcile {

// How findings are spelled. Every function appends one line, with its end.
class FindingForm {
public:
    virtual ~FindingForm() = default;
    virtual std::string_view suffix() const = 0;  // ".csv"
    // The first lines of the three files; empty when the form has none.
    virtual std::string_view unmatched_header() const = 0;
    virtual std::string_view discrepancies_header() const = 0;
    virtual std::string_view rejected_header() const = 0;
    virtual void unmatched(Side side, const Record& record, std::string& line) const = 0;
    virtual void discrepancy(const Discrepancy& discrepancy, std::string& line) const = 0;
    virtual void rejected(Side side, const Rejection& rejection, std::string& line) const = 0;
};

std::unique_ptr<FindingForm> make_csv_form(const FileNames& names);
std::unique_ptr<FindingForm> make_ndjson_form(const FileNames& names);

// "amount", "currency" or "amount+currency".
std::string_view differing_fields(const Discrepancy& discrepancy);

class FindingFiles final : public FindingSink {
public:
    // Makes the three files in the folder. Errors: tool.
    static Result<std::unique_ptr<FindingFiles>> create(const std::filesystem::path& folder,
                                                        std::unique_ptr<FindingForm> form);
    Result<void> unmatched(Side side, const Record& record) override;
    Result<void> discrepancy(const Discrepancy& discrepancy) override;
    Result<void> rejected(Side side, const Rejection& rejection) override;

    // REQUIRES: called once, and last. Errors: tool.
    Result<std::vector<WrittenFile>> close();

private:
    FindingFiles(std::unique_ptr<FindingForm> form, OutputFile unmatched, OutputFile discrepancies,
                 OutputFile rejected)
        : form_(std::move(form)),
          unmatched_(std::move(unmatched)),
          discrepancies_(std::move(discrepancies)),
          rejected_(std::move(rejected)) {}

    std::unique_ptr<FindingForm> form_;
    OutputFile unmatched_;
    OutputFile discrepancies_;
    OutputFile rejected_;
};

}  // namespace onsite::reconcile

// The documents of an answer, for tests that change a word of them.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/files.hpp"
#include "exercises/2-invoicing/checks/checks.hpp"
#include "exercises/2-invoicing/checks/context.hpp"

namespace onsite::invoicing {

inline const std::filesystem::path kRoot = ONSITE_ROOT;
inline const std::filesystem::path kModel = kRoot / "solutions/2-invoicing";
inline const std::filesystem::path kStarter = kRoot / "exercises/2-invoicing/starter";

// The five documents; one that is also in `over` is taken from there.
inline std::vector<SourceFile> read_answer(const std::filesystem::path& folder,
                                           const std::filesystem::path& over = {}) {
    std::vector<SourceFile> files;
    for (const char* name : {kDesign, kApi, kSchema, kFlows, kFailures}) {
        const bool is_over = !over.empty() && std::filesystem::exists(over / name);
        auto text = read_file((is_over ? over : folder) / name, 1 << 20);
        EXPECT_TRUE(text) << name;
        files.push_back({name, text ? *text : ""});
    }
    return files;
}

// An answer as it is judged.
class Answer {
public:
    // A copy of the model answer is found when it is given.
    explicit Answer(std::vector<SourceFile> files, std::vector<SourceFile> model = {})
        : files_(std::move(files)), model_(std::move(model)) {
        read();
    }
    // The model answer with one document in place of its own.
    Answer(const std::string& name, const std::string& text) : Answer(read_answer(kModel)) {
        for (SourceFile& file : files_) {
            if (file.name == name) file.content = text;
        }
        read();
    }

    const Context& context() const { return *context_; }
    Verdict judge(const std::string& name) const {
        for (const Check& check : all_checks(*context_)) {
            if (check.name != name) continue;
            auto verdict = check.run();
            EXPECT_TRUE(verdict) << (verdict ? "" : verdict.error().message);
            return verdict ? *verdict : Verdict{};
        }
        ADD_FAILURE() << "no check is called " << name;
        return {};
    }

private:
    void read() { context_ = std::make_unique<Context>(files_, model_, clock_); }

    std::vector<SourceFile> files_;
    std::vector<SourceFile> model_;
    SystemClock clock_;
    std::unique_ptr<Context> context_;
};

inline std::string text_of(const std::vector<SourceFile>& files, std::string_view name) {
    for (const SourceFile& file : files) {
        if (file.name == name) return file.content;
    }
    return "";
}

// A document of the model answer with `from` once replaced by `to`.
inline std::string changed(std::string_view name, const std::string& from, const std::string& to) {
    std::string text = text_of(read_answer(kModel), name);
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

}  // namespace onsite::invoicing

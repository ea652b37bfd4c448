#include "exercises/2-invoicing/checks/sql_lexer.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "exercises/2-invoicing/checks/words.hpp"

namespace onsite::invoicing {
namespace {

bool begins_word(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_' ||
           static_cast<unsigned char>(letter) >= 0x80;
}
bool is_figure(char letter) { return letter >= '0' && letter <= '9'; }

class SqlLexer {
public:
    explicit SqlLexer(std::string_view text) : text_(text), clean_(text) {}

    Result<std::vector<SqlStatement>> run() {
        while (at_ < text_.size() && problem_.empty()) step();
        if (problem_.empty()) end_statement();
        if (!problem_.empty()) {
            return usage_error(fmt::format("schema.sql:{}: {}", problem_line_, problem_));
        }
        return std::move(statements_);
    }

private:
    char letter(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }

    void step() {
        const char now = letter();
        if (now == '\n') {
            ++line_;
            ++at_;
        } else if (now == ' ' || now == '\t' || now == '\r') {
            ++at_;
        } else if (now == '-' && letter(1) == '-') {
            blank(text_.find('\n', at_));
        } else if (now == '/' && letter(1) == '*') {
            block_comment();
        } else if (now == '\'') {
            quotes('\'', SqlKind::text);
        } else if (now == '"') {
            quotes('"', SqlKind::quoted_name);
        } else if (begins_word(now)) {
            word();
        } else if (is_figure(now)) {
            number();
        } else if (now == ';') {
            end_statement();
            ++at_;
            begin_ = at_;
        } else {
            symbol(now);
        }
    }

    void complain(std::string problem) { complain(line_, std::move(problem)); }
    void complain(int line, std::string problem) {
        if (!problem_.empty()) return;
        problem_ = std::move(problem);
        problem_line_ = line;
    }

    // What the databases get has spaces where comments were; lines stay where they are.
    void blank(std::size_t end) {
        end = std::min(end, text_.size());
        for (; at_ < end; ++at_) {
            if (text_[at_] == '\n') {
                ++line_;
            } else {
                clean_[at_] = ' ';
            }
        }
    }

    void block_comment() {
        const std::size_t end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) return complain("expected the end of a comment: */");
        if (text_.substr(at_ + 2, end - at_ - 2).find("/*") != std::string_view::npos) {
            return complain("expected no comment inside a comment; PostgreSQL nests them");
        }
        blank(end + 2);
    }

    void quotes(char quote, SqlKind kind) {
        const int line = line_;
        std::string inside;
        for (++at_; at_ < text_.size(); ++at_) {
            if (letter() == quote && letter(1) != quote) {
                ++at_;
                return add(kind, std::move(inside), line);
            }
            if (letter() == quote) ++at_;
            if (letter() == '\n') ++line_;
            if (letter() == '\0') return complain("expected text, found a NUL byte");
            inside.push_back(letter());
        }
        complain(line, "expected the closing quote");
    }

    void word() {
        const std::size_t start = at_;
        while (begins_word(letter()) || is_figure(letter())) ++at_;
        if (letter() == '\'' || letter() == '$' || (letter() == '&' && letter(1) == '\'')) {
            return complain("expected a text in plain quotes, without a letter before it");
        }
        add(SqlKind::word, lowered(text_.substr(start, at_ - start)), line_);
    }

    void number() {
        const std::size_t start = at_;
        while (is_figure(letter()) || letter() == '.') ++at_;
        if (begins_word(letter())) return complain("expected a number, found a letter after it");
        add(SqlKind::number, std::string(text_.substr(start, at_ - start)), line_);
    }

    void symbol(char now) {
        constexpr std::string_view kSymbols = "()+-*/<>=!.,|%";
        if (kSymbols.find(now) == std::string_view::npos) {
            return complain(fmt::format("expected SQL that both databases read, found {}",
                                        harmless(std::string(1, now), Lines::one)));
        }
        add(SqlKind::symbol, std::string(1, now), line_);
        ++at_;
    }

    void add(SqlKind kind, std::string text, int line) {
        if (tokens_.empty()) first_line_ = line;
        tokens_.push_back({kind, std::move(text), line});
    }

    void end_statement() {
        if (tokens_.empty()) return;
        statements_.push_back({.text = clean_.substr(begin_, at_ - begin_),
                               .line = first_line_,
                               .tokens = std::exchange(tokens_, {})});
    }

    std::string_view text_;
    std::string clean_;
    std::size_t at_ = 0;
    std::size_t begin_ = 0;  // Of the statement.
    int line_ = 1;
    int first_line_ = 1;
    std::vector<SqlToken> tokens_;
    std::vector<SqlStatement> statements_;
    std::string problem_;
    int problem_line_ = 0;
};

}  // namespace

Result<std::vector<SqlStatement>> lex_sql(std::string_view text) { return SqlLexer(text).run(); }

}  // namespace onsite::invoicing

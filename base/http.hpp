// An HTTP request and its answer as values: what everyone sees who is not a socket.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace onsite {

struct HttpHeader {
    std::string name;
    std::string value;
};

struct HttpRequest {
    std::string method;  // "GET", "POST", "DELETE".
    std::string target;  // As sent: path, and after a "?" the query.
    std::vector<HttpHeader> headers;
    std::string body;
};

struct HttpResponse {
    int status = 200;
    std::vector<HttpHeader> headers;
    std::string body;
};

// The value of the first header of that name, in any case (RFC 9110, 5.1); nullptr when there is
// none. Complexity: O(headers).
const std::string* find_header(const std::vector<HttpHeader>& headers, std::string_view name);

// "%41+b" -> "A b" (application/x-www-form-urlencoded). A "%" without two digits stays as it is.
std::string percent_decoded(std::string_view text);

}  // namespace onsite

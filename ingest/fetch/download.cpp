#include "ingest/fetch/download.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "ingest/fetch/public_address.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kValidatorBytesMax = 1'000;

std::string reason_of(int number) {
  return std::error_code(number, std::generic_category()).message();
}

/// A file that has no name, and is gone with the process at the latest.
class UnnamedFile {
 public:
  UnnamedFile() = default;
  ~UnnamedFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  UnnamedFile(const UnnamedFile&) = delete;
  UnnamedFile& operator=(const UnnamedFile&) = delete;

  Status open() {
    std::error_code error;
    const std::filesystem::path folder = std::filesystem::temp_directory_path(error);
    if (error) return Error{ErrorCode::io, "no folder for temporary files: " + error.message()};
    descriptor_ = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor_ >= 0) return {};
    // Not every file system knows how to.
    std::string name = (folder / "mangrove-download-XXXXXX").string();
    descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor_ < 0) {
      return Error{ErrorCode::io, "the folder for temporary files: " + reason_of(errno)};
    }
    ::unlink(name.c_str());
    return {};
  }

  Status append(const char* bytes, std::size_t size) {
    while (size > 0) {
      const ssize_t written = ::write(descriptor_, bytes, size);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) {
        const ErrorCode code = errno == ENOSPC ? ErrorCode::no_space : ErrorCode::io;
        return Error{code, "the folder for temporary files: " + reason_of(errno)};
      }
      bytes += written;
      size -= static_cast<std::size_t>(written);
    }
    return {};
  }

  /// The file, to be read from its beginning; this has none any more.
  int take() {
    ::lseek(descriptor_, 0, SEEK_SET);
    return std::exchange(descriptor_, -1);
  }

 private:
  int descriptor_ = -1;
};

class DescriptorStream final : public ByteStream {
 public:
  explicit DescriptorStream(int descriptor) : descriptor_(descriptor) {}
  ~DescriptorStream() override { ::close(descriptor_); }
  DescriptorStream(const DescriptorStream&) = delete;
  DescriptorStream& operator=(const DescriptorStream&) = delete;

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    std::size_t filled = 0;
    while (filled < size) {
      const ssize_t got = ::read(descriptor_, buffer + filled, size - filled);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return Error{ErrorCode::io, "the disk refused to read"};
      if (got == 0) break;
      filled += static_cast<std::size_t>(got);
    }
    consumed_ += filled;
    return filled;
  }
  std::uint64_t consumed() const override { return consumed_; }

 private:
  int descriptor_;
  std::uint64_t consumed_ = 0;
};

struct EasyCleanup {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct ListCleanup {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// libcurl wants to be begun once, before any thread uses it, and has no owner to do it for us.
void begin_curl() {
  static const CURLcode begun = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(begun);
}

/// One request, with all that comes of following its redirects.
class Transfer {
 public:
  Transfer(const Location& location, const Validators& known, const DownloadLimits& limits,
           const std::function<bool()>& stop)
      : location_(location), known_(known), limits_(limits), stop_(stop) {
    begin_curl();
    easy_.reset(curl_easy_init());
    XXH3_128bits_reset(&digest_);
  }

  Result<Download> run() {
    if (easy_ == nullptr) return failure(ErrorCode::io, "no memory for a request");
    TRY(body_.open());
    set_request();
    set_limits();
    set_callbacks();
    const CURLcode code = curl_easy_perform(easy_.get());
    if (code != CURLE_OK) return failure_of(code);
    return outcome();
  }

 private:
  template <typename Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(easy_.get(), option, value);
  }

  void set_request() {
    set(CURLOPT_URL, location_.url.c_str());
    set(CURLOPT_USERAGENT, "mangrove/" MANGROVE_VERSION);
    // What else a server may send is unpacked as well; asked for is what all can.
    set(CURLOPT_ACCEPT_ENCODING, "gzip");
    set(CURLOPT_FAILONERROR, 1L);
    set(CURLOPT_FOLLOWLOCATION, 1L);
    set(CURLOPT_MAXREDIRS, static_cast<long>(limits_.redirects));
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    set(CURLOPT_PROXY, "");  // Nor one of the environment: it would connect where we must not.
    const auto add = [this](const char* name, const std::string& value) {
      if (value.empty()) return;
      const std::string line = std::string(name) + ": " + value;
      headers_.reset(curl_slist_append(headers_.release(), line.c_str()));
    };
    add("If-None-Match", known_.etag);
    add("If-Modified-Since", known_.last_modified);
    add("Accept", "*/*");
    set(CURLOPT_HTTPHEADER, headers_.get());
  }

  void set_limits() {
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits_.connect.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(limits_.total.count()));
    set(CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(limits_.bytes_a_second_min));
    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(limits_.stall.count()));
    set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limits_.bytes));
  }

  void set_callbacks() {
    set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::open_socket);
    set(CURLOPT_OPENSOCKETDATA, this);
    set(CURLOPT_WRITEFUNCTION, &Transfer::take_bytes);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &Transfer::go_on);
    set(CURLOPT_XFERINFODATA, this);
  }

  /// The only place where connections come from: what is refused here is not connected to, by
  /// whatever name or redirect it was reached.
  static curl_socket_t open_socket(void* self, curlsocktype, curl_sockaddr* address) {
    Transfer& transfer = *static_cast<Transfer*>(self);
    if (!transfer.limits_.allow_private_addresses) {
      if (!is_public_address(address->addr)) {
        transfer.refused_ = to_string(address->addr) +
                            ", which is an address of this machine, a private network or the like";
        return CURL_SOCKET_BAD;
      }
      if (!is_web_port(address->addr)) {
        transfer.refused_ = "a port that is none of web servers";
        return CURL_SOCKET_BAD;
      }
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  }

  static std::size_t take_bytes(char* bytes, std::size_t, std::size_t size, void* self) {
    return static_cast<Transfer*>(self)->take(bytes, size) ? size : 0;
  }

  static int go_on(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    Transfer& transfer = *static_cast<Transfer*>(self);
    transfer.stopped_ = transfer.stopped_ || (transfer.stop_ && transfer.stop_());
    return transfer.stopped_ ? 1 : 0;
  }

  bool take(const char* bytes, std::size_t size) {
    if (size > limits_.bytes - bytes_) {
      own_failure_ = too_large();
      return false;
    }
    const Status written = body_.append(bytes, size);
    if (!written.ok()) {
      own_failure_ = written.error();
      return false;
    }
    bytes_ += size;
    XXH3_128bits_update(&digest_, bytes, size);
    return true;
  }

  Result<Download> outcome() {
    const long status = number(CURLINFO_RESPONSE_CODE);
    constexpr long kOk = 200;
    constexpr long kNotModified = 304;
    const bool asked = !known_.etag.empty() || !known_.last_modified.empty();
    Download download;
    if (status == kNotModified && asked) {
      download.validators = known_;
      return download;
    }
    if (status != kOk) return failure(ErrorCode::io, "answers " + std::to_string(status));
    download.validators = {header("ETag"), header("Last-Modified"), digest()};
    download.bytes = bytes_;
    download.end_is_certain = is_end_certain();
    if (!known_.digest.empty() && download.validators.digest == known_.digest) return download;
    download.body = std::make_unique<DescriptorStream>(body_.take());
    return download;
  }

  /// A body that ends where the connection does may have been broken off as well.
  bool is_end_certain() const {
    return number(CURLINFO_HTTP_VERSION) >= CURL_HTTP_VERSION_2_0 ||
           !header("Content-Length").empty() || !header("Transfer-Encoding").empty();
  }

  std::string digest() {
    const XXH128_hash_t hash = XXH3_128bits_digest(&digest_);
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const std::uint64_t half : {hash.high64, hash.low64}) {
      for (int shift = 60; shift >= 0; shift -= 4) text += kDigits[(half >> shift) & 15U];
    }
    return text;
  }

  /// Of the last answer; empty where there is none, or too long to keep.
  std::string header(const char* name) const {
    curl_header* found = nullptr;
    if (curl_easy_header(easy_.get(), name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK) return {};
    std::string value = found->value;
    return value.size() <= kValidatorBytesMax ? value : std::string();
  }

  long number(CURLINFO info) const {
    long value = 0;
    curl_easy_getinfo(easy_.get(), info, &value);
    return value;
  }
  bool is_connected() const {
    curl_off_t microseconds = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_PRETRANSFER_TIME_T, &microseconds);
    return microseconds > 0;
  }

  Error failure(ErrorCode code, const std::string& what) const {
    return {code, location_.host + " " + what};
  }

  Error too_large() const {
    return failure(ErrorCode::too_large, "sends more than " + std::to_string(limits_.bytes) +
                                             " bytes, the limit for a download (--max-download)");
  }

  Error refused() const {
    return failure(ErrorCode::invalid_input,
                   "leads to " + refused_ +
                       ". Nothing is fetched from there unless --allow-private-addresses is given");
  }

  Error out_of_time() const {
    const auto seconds = [](auto duration) {
      return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(duration).count());
    };
    // Its clock is coarser than ours.
    constexpr auto kCoarse = std::chrono::milliseconds(50);
    if (std::chrono::steady_clock::now() - begun_ + kCoarse >= limits_.total) {
      return failure(ErrorCode::io, "took longer than " + seconds(limits_.total) +
                                        " seconds for the whole, the limit for a download "
                                        "(--download-time); " +
                                        std::to_string(bytes_) + " bytes had come");
    }
    if (!is_connected()) {
      return failure(ErrorCode::io,
                     "cannot be reached within " + seconds(limits_.connect) + " seconds");
    }
    return failure(ErrorCode::io, "sent next to nothing for " + seconds(limits_.stall) +
                                      " seconds; " + std::to_string(bytes_) + " bytes had come");
  }

  /// What went wrong, in our words: libcurl's own may repeat the address with what is secret in it.
  Error failure_of(CURLcode code) const {
    if (own_failure_) return *own_failure_;
    if (stopped_) return failure(ErrorCode::cancelled, "was not waited for: stopped");
    switch (code) {
      case CURLE_COULDNT_RESOLVE_HOST:
        return failure(ErrorCode::io, "is a name that leads nowhere");
      case CURLE_COULDNT_CONNECT:
        if (!refused_.empty()) return refused();
        return failure(ErrorCode::io, "takes no connection");
      case CURLE_OPERATION_TIMEDOUT:
        return out_of_time();
      case CURLE_TOO_MANY_REDIRECTS:
        return failure(ErrorCode::io, "sends from one address to another, more than " +
                                          std::to_string(limits_.redirects) + " times");
      case CURLE_UNSUPPORTED_PROTOCOL:
        return failure(ErrorCode::invalid_input,
                       "sends to an address that is neither http nor https");
      case CURLE_FILESIZE_EXCEEDED:
        return too_large();
      case CURLE_HTTP_RETURNED_ERROR:
        return refusal();
      case CURLE_PARTIAL_FILE:
      case CURLE_RECV_ERROR:
      case CURLE_GOT_NOTHING:
        return failure(ErrorCode::io,
                       "broke off after " + std::to_string(bytes_) + " bytes, before the end");
      case CURLE_BAD_CONTENT_ENCODING:
        return failure(ErrorCode::corrupt, "sends a body that is not packed as it says");
      case CURLE_PEER_FAILED_VERIFICATION:
        return failure(ErrorCode::io, "has no certificate that can be trusted");
      default:
        return failure(ErrorCode::io, std::string("cannot be read: ") + curl_easy_strerror(code));
    }
  }

  Error refusal() const {
    const long status = number(CURLINFO_RESPONSE_CODE);
    constexpr long kUnauthorised = 401;
    constexpr long kForbidden = 403;
    constexpr long kNotFound = 404;
    constexpr long kGone = 410;
    std::string what = "answers " + std::to_string(status);
    if (status == kUnauthorised || status == kForbidden) what += ": it wants to know who asks";
    if (status == kNotFound || status == kGone) {
      return failure(ErrorCode::not_found, what + ": there is nothing at this address");
    }
    return failure(ErrorCode::io, what);
  }

  const Location& location_;
  const Validators& known_;
  const DownloadLimits& limits_;
  const std::function<bool()>& stop_;
  std::unique_ptr<CURL, EasyCleanup> easy_;
  std::unique_ptr<curl_slist, ListCleanup> headers_;
  UnnamedFile body_;
  XXH3_state_t digest_;
  std::uint64_t bytes_ = 0;
  const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  std::string refused_;  // Where the last connection that was refused would have led.
  bool stopped_ = false;
  std::optional<Error> own_failure_;
};

}  // namespace

Result<Download> download(const Location& location, const Validators& known,
                          const DownloadLimits& limits, const std::function<bool()>& stop) {
  return std::make_unique<Transfer>(location, known, limits, stop)->run();
}

}  // namespace mangrove::ingest

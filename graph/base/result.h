#pragma once

#include <string>
#include <utility>
#include <variant>

namespace mangrove {

/// What went wrong, in the few kinds a caller can act upon.
enum class ErrorCode {
  invalid_input,  ///< The caller, or a file, said something that cannot be right.
  not_found,      ///< What was asked for is not there (or may not be seen).
  conflict,       ///< It is there, but in a state that forbids what was asked.
  too_large,      ///< A bound on size, depth or number was passed.
  corrupt,        ///< What was stored is not what was written.
  io,             ///< The disk or the network refused.
  no_space,       ///< The disk is too full: nothing was written, and it may be tried again.
  unsupported,    ///< Well formed, but not something we can do.
  cancelled,      ///< The deadline, a budget or the caller ended it.
};

/// Why something could not be done.
struct Error {
  ErrorCode code;
  std::string message;  ///< For a person: what was tried, on what, and where.
};

/// A value, or the reason there is none. The compiler warns when one is dropped.
/// Asking a failed result for its value is a bug in the caller, and throws
/// std::bad_variant_access.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value)  // NOLINT(google-explicit-constructor): `return value;` is the point.
      : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error)  // NOLINT(google-explicit-constructor): so is `return error;`.
      : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  const T& value() const& { return std::get<0>(state_); }
  T& value() & { return std::get<0>(state_); }
  /// By value, so that a loop over a part of it does not outlive it.
  T value() && { return std::get<0>(std::move(state_)); }
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

/// The Result of something that gives nothing back.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error)  // NOLINT(google-explicit-constructor): `return error;` is the point.
      : error_(std::move(error)), ok_(false) {}

  bool ok() const { return ok_; }
  void value() const {}
  const Error& error() const { return error_; }

 private:
  Error error_{ErrorCode::invalid_input, {}};
  bool ok_ = true;
};

using Status = Result<void>;

}  // namespace mangrove

/// The value of a Result; or its error, returned from the enclosing function.
/// The one macro of the codebase.
#define TRY(expression)                        \
  __extension__({                              \
    auto&& result_ = (expression);             \
    if (!result_.ok()) return result_.error(); \
    std::move(result_).value();                \
  })

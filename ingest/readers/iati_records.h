#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ingest/reader.h"
#include "ingest/readers/iati.h"
#include "ingest/readers/iati_activity.h"
#include "ingest/xml.h"

/// What the readers of activity files and of organisation files share.
namespace mangrove::ingest::iati {

/// Ids of nodes have 1,000 bytes at most, with what stands before an identifier.
inline constexpr std::size_t kIdentifierBytesMax = 900;

/// Goes from record to record, with what was found between them.
class Records : public Reader {
 public:
  /// `record_name` is the element that is one record; what is in elements of `left_out` is never
  /// read.
  Records(std::unique_ptr<ByteStream> bytes, std::string file, std::string record_name,
          std::vector<std::string> left_out, KindOf kind_of);

  Result<std::optional<Step>> next() override;

 protected:
  virtual Step read(const XmlElement& element) = 0;

  /// What a record begins as: with the language and currency that hold where none is named.
  Activity begin(const XmlElement& element, std::string id, std::string kind);
  const std::string& file() const { return file_; }

 private:
  XmlRecords records_;
  std::string file_;
  KindOf kind_of_;
  std::optional<Error> failure_;
};

/// A record that is no statement about anybody.
Step skipped(const XmlElement& at, std::string_view rule, std::string detail);

/// Whether it holds what a careful publisher would not have in an identifier.
bool is_odd(std::string_view identifier);

}  // namespace mangrove::ingest::iati

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "ingest/report.h"
#include "ingest/source.h"

/// Reading XML of unknown size from strangers: one record at a time, within bounds.
///
///     XmlRecords records(std::move(stream), "activities.xml", {"iati-activity"});
///     while (const auto activity = TRY(records.next())) {
///       const XmlElement* title = activity->child("title");
///       for (const XmlElement narrative : title->children("narrative")) …
///     }
///
/// Memory is bounded by one record, whatever the size of the file: the parser stops at the end of
/// each record and goes on when the next one is asked for.
namespace mangrove::ingest {

/// What one file may cost at most. A record past a bound is skipped, with a finding, and the
/// reader goes on; a single token past its bound ends the file.
struct XmlLimits {
  std::size_t depth = 64;                                 ///< Elements inside each other.
  std::size_t attributes = 128;                           ///< Of one element.
  std::size_t name_bytes = 256;                           ///< Of an element or attribute.
  std::size_t text_bytes = std::size_t{4} << 20;          ///< Of one element or attribute.
  std::size_t record_bytes = std::size_t{64} << 20;       ///< In memory, texts and structure.
  std::size_t token_bytes = std::size_t{8} << 20;         ///< One tag, comment or such in the file.
  double amplification = 20.0;                            ///< By entities: bytes out per byte in…
  std::size_t amplification_free = std::size_t{4} << 20;  ///< …once this many have come out.
};

class XmlTree;

/// One element of the record at hand. Cheap to copy. It and every text it gives are valid until
/// the next call of `XmlRecords::next`.
///
/// Foreign markup is left out: elements with another namespace prefix than the file's first element
/// (its own is taken off), or with another default namespace, are not there. Names are local names
/// as written; attributes keep their prefix (`xml:lang`).
class XmlElement {
 public:
  class Children;

  std::string_view name() const;
  /// Line of its start tag in the file, from 1.
  std::uint64_t line() const;
  /// Its own text, without that of elements inside it; white space at either end left out, unless
  /// `XmlRecords::keep_space` was called and the element says `xml:space="preserve"`.
  std::string_view text() const;
  /// White space at either end left out; empty where there is no such attribute.
  std::string_view attribute(std::string_view name) const;
  bool has_attribute(std::string_view name) const;

  /// The elements directly inside: all, or those of one name. In the order of the file.
  Children children() const;
  Children children(std::string_view name) const;
  /// The first one of this name.
  std::optional<XmlElement> child(std::string_view name) const;
  /// The text of the first one of this name; empty where there is none.
  std::string_view text_of(std::string_view child_name) const;

 private:
  friend class XmlTree;
  friend class XmlRecords;
  XmlElement(const XmlTree* tree, std::uint32_t index) : tree_(tree), index_(index) {}

  const XmlTree* tree_;
  std::uint32_t index_;
};

/// For `for (const XmlElement child : element.children("narrative"))`.
class XmlElement::Children {
 public:
  class Iterator {
   public:
    XmlElement operator*() const { return {tree_, index_}; }
    Iterator& operator++();
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    friend class Children;
    Iterator(const XmlTree* tree, std::uint32_t index, std::string_view name)
        : tree_(tree), index_(index), name_(name) {}
    void skip_to_name();

    const XmlTree* tree_;
    std::uint32_t index_;
    std::string_view name_;  // Empty: every name.
  };

  Iterator begin() const;
  Iterator end() const;
  bool empty() const { return begin() == end(); }

 private:
  friend class XmlElement;
  Children(const XmlTree* tree, std::uint32_t first, std::string_view name)
      : tree_(tree), first_(first), name_(name) {}

  const XmlTree* tree_;
  std::uint32_t first_;
  std::string_view name_;
};

/// The records of one XML file, in order.
///
/// Encodings: UTF-8, UTF-16 (with byte order mark), ISO-8859-1 and the single-byte code pages that
/// ICU knows, such as Windows-1252; texts always come out as UTF-8. A DOCTYPE with internal
/// entities is read within the limits; external entities and DTDs are never loaded. Both are
/// findings.
class XmlRecords {
 public:
  /// An element with one of these names is a record, however deep it lies, unless it lies in
  /// another record. Elements inside records with a name of `left_out` are passed over, with all in
  /// them.
  XmlRecords(std::unique_ptr<ByteStream> stream, std::string file,
             std::vector<std::string> record_names, XmlLimits limits = {},
             std::vector<std::string> left_out = {});
  ~XmlRecords();
  XmlRecords(XmlRecords&&) noexcept;

  /// The next record, or nothing at the end of the file. (Nothing, too, where so much was found
  /// that it has to be taken first; so go on as long as `take_findings` gives any.) An Error,
  /// `activities.xml:12: …`, where the file is malformed, cut short, or past a bound that does not
  /// let it go on; all records before that place have been given.
  Result<std::optional<XmlElement>> next();

  /// From now on, texts that say so keep white space at both ends.
  void keep_space();

  /// Reads on to the first element of the file, and no further than its start tag needs: its name;
  /// empty where the file has none. `next` gives an error's reason.
  std::string root_name();
  /// An attribute of the file's first element; empty where there is none. Known once `root_name`
  /// or `next` was called.
  std::string_view root_attribute(std::string_view name) const;

  /// What was found since the last call: records past a bound, a DOCTYPE. `file` is left empty.
  std::vector<Finding> take_findings();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mangrove::ingest

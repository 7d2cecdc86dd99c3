#include "tests/support/workbook.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>

namespace mangrove::tests {
namespace {

const std::string kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const std::string kRelations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

}  // namespace

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& parts) {
  std::size_t bytes = 65'536;
  for (const auto& [name, content] : parts) bytes += content.size() + 2 * name.size() + 1000;
  std::string zip(bytes, '\0');
  std::size_t used = 0;
  archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  archive_write_set_bytes_per_block(writer, 1);
  archive_write_set_bytes_in_last_block(writer, 1);
  archive_write_open_memory(writer, zip.data(), zip.size(), &used);
  for (const auto& [name, content] : parts) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(writer, entry);
    archive_write_data(writer, content.data(), content.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  zip.resize(used);
  return zip;
}

std::string sheet_row(int number, const std::string& cells) {
  return "<row r=\"" + std::to_string(number) + "\">" + cells + "</row>";
}

std::string workbook_of(const std::string& rows, const std::string& behind_rows,
                        const std::vector<std::pair<std::string, std::string>>& more_parts) {
  std::vector<std::pair<std::string, std::string>> parts{
      {"xl/workbook.xml", "<workbook xmlns=\"" + kMain + "\" xmlns:r=\"" + kRelations +
                              "\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/>"
                              "</sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships><Relationship Id=\"rId1\" Type=\"" + kRelations +
           "/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"},
      {"xl/styles.xml",
       "<styleSheet xmlns=\"" + kMain +
           "\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"00000\"/>"
           "<numFmt numFmtId=\"165\" formatCode=\"mmm\\ yyyy\"/></numFmts><cellXfs>"
           "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"10\"/><xf numFmtId=\"22\"/>"
           "<xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>"},
      {"xl/worksheets/sheet1.xml", "<worksheet xmlns=\"" + kMain + "\"><sheetData>" + rows +
                                       "</sheetData>" + behind_rows + "</worksheet>"},
  };
  for (const auto& [name, content] : more_parts) {
    std::erase_if(parts, [&name = name](const auto& part) { return part.first == name; });
    parts.emplace_back(name, content);
  }
  return zip_of(parts);
}

}  // namespace mangrove::tests

#include "ontology/schema.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <unordered_map>

#include "ontology/turtle.h"

namespace mangrove::ontology {
namespace {

constexpr std::string_view kSkos = "http://www.w3.org/2004/02/skos/core#";
constexpr std::string_view kRdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/// `m:from`, `skos:prefLabel`, `a`: as the files write it.
std::string short_form(std::string_view iri) {
  if (iri == kRdfType) {
    return "a";
  }
  if (iri.starts_with(kNameNamespace)) {
    return "m:" + std::string(iri.substr(kNameNamespace.size()));
  }
  if (iri.starts_with(kSkos)) {
    return "skos:" + std::string(iri.substr(kSkos.size()));
  }
  return "<" + std::string(iri) + ">";
}

struct Statement {
  std::string predicate;  ///< In short form.
  Term object;
  std::size_t line;
};

/// Everything a text says about one subject.
struct Block {
  Term subject;
  std::string type;  ///< In short form.
  std::size_t line;  ///< Where it begins.
  std::vector<Statement> statements;
};

Error invalid(std::string message) {
  return {ErrorCode::invalid_input, std::move(message)};
}

// What the value of a predicate may be, and where it goes.

template <typename Member>
struct MemberOf;
template <typename Owner, typename Type>
struct MemberOf<Type Owner::*> {
  using Class = Owner;
};
template <auto member>
using OwnerOf = typename MemberOf<decltype(member)>::Class;

Result<std::string> literal(const Term& term) {
  if (term.type != Term::Type::literal || term.text.empty()) {
    return invalid("wants a text");
  }
  return term.text;
}

/// The name of a kind or a relation: what follows `m:`.
Result<std::string> our_name(const Term& term) {
  if (term.type != Term::Type::iri || !term.text.starts_with(kNameNamespace)) {
    return invalid("wants a name such as m:Target");
  }
  return term.text.substr(kNameNamespace.size());
}

Status set_once(std::string& field, std::string value) {
  if (!field.empty()) {
    return invalid("is given twice");
  }
  field = std::move(value);
  return {};
}

template <auto member>
Status text(OwnerOf<member>& info, const Term& term) {
  return set_once(info.*member, TRY(literal(term)));
}

template <auto member>
Status texts(OwnerOf<member>& info, const Term& term) {
  (info.*member).push_back(TRY(literal(term)));
  return {};
}

template <auto member>
Status labels(OwnerOf<member>& info, const Term& term) {
  std::string wording = TRY(literal(term));
  if (term.language.empty()) {
    return invalid("wants a text with a language, such as \"...\"@en");
  }
  if (!(info.*member).set(term.language, std::move(wording))) {
    return invalid("is given twice in the language " + term.language);
  }
  return {};
}

template <auto member>
Status name(OwnerOf<member>& info, const Term& term) {
  return set_once(info.*member, TRY(our_name(term)));
}

template <auto member>
Status names(OwnerOf<member>& info, const Term& term) {
  (info.*member).push_back(TRY(our_name(term)));
  return {};
}

template <auto member>
Status iri(OwnerOf<member>& info, const Term& term) {
  if (term.type != Term::Type::iri) {
    return invalid("wants an IRI");
  }
  return set_once(info.*member, term.text);
}

template <auto member>
Status truth(OwnerOf<member>& info, const Term& term) {
  if (term.text != "true" && term.text != "false") {
    return invalid("wants true or false");
  }
  info.*member = term.text == "true";
  return {};
}

Status weight(RelationInfo& info, const Term& term) {
  const char* const end = term.text.data() + term.text.size();
  const auto [stop, problem] = std::from_chars(term.text.data(), end, info.weight);
  if (problem != std::errc() || stop != end || !(info.weight > 0) || info.weight > 1000) {
    return invalid("wants a number above 0 and up to 1000");
  }
  return {};
}

Status group(RelationInfo& info, const Term& term) {
  if (term.text != "connection") {
    return invalid("knows only \"connection\"");
  }
  info.connection = true;
  return {};
}

template <typename Info>
struct Field {
  std::string_view predicate;
  Status (*set)(Info&, const Term&);
  bool required = false;
};

constexpr std::array<Field<KindInfo>, 6> kKindFields{{
    {"m:prefix", texts<&KindInfo::prefixes>, true},
    {"m:nameProperty", text<&KindInfo::name_property>, true},
    {"m:nodeProperty", texts<&KindInfo::properties>},
    {"skos:prefLabel", labels<&KindInfo::labels>, true},
    {"m:pluralLabel", labels<&KindInfo::plural_labels>},
    {"skos:definition", labels<&KindInfo::definitions>, true},
}};

constexpr std::array<Field<RelationInfo>, 12> kRelationFields{{
    {"m:from", names<&RelationInfo::from>, true},
    {"m:to", names<&RelationInfo::to>, true},
    {"m:edgeProperty", texts<&RelationInfo::properties>},
    {"m:symmetric", truth<&RelationInfo::symmetric>},
    {"m:readFromText", truth<&RelationInfo::read_from_text>},
    {"m:holdsFor", text<&RelationInfo::holds_for>},
    {"skos:prefLabel", labels<&RelationInfo::labels>, true},
    {"m:inverseLabel", labels<&RelationInfo::inverse_labels>, true},
    {"skos:definition", labels<&RelationInfo::definitions>, true},
    {"m:group", group},
    {"m:weight", weight},
    {"m:sharing", labels<&RelationInfo::sharing>},
}};

struct Pair {
  std::string from;
  std::string to;
};
constexpr std::array<Field<Pair>, 2> kPairFields{{
    {"m:from", name<&Pair::from>, true},
    {"m:to", name<&Pair::to>, true},
}};

constexpr std::array<Field<VocabularyInfo>, 6> kVocabularyFields{{
    {"m:kind", names<&VocabularyInfo::kinds>, true},
    {"m:parentRelation", names<&VocabularyInfo::parent_relations>},
    {"m:parentProperty", text<&VocabularyInfo::parent_property>},
    {"m:orderProperty", text<&VocabularyInfo::order_property>},
    {"skos:prefLabel", labels<&VocabularyInfo::labels>, true},
    {"skos:definition", labels<&VocabularyInfo::definitions>, true},
}};

constexpr std::array<Field<ArrangementInfo>, 3> kArrangementFields{{
    {"m:property", text<&ArrangementInfo::property>},
    {"m:parentKind", name<&ArrangementInfo::parent_kind>},
    {"skos:prefLabel", labels<&ArrangementInfo::labels>, true},
}};

constexpr std::array<Field<IriRule>, 5> kIriRuleFields{{
    {"m:iriPrefix", text<&IriRule::iri_prefix>, true},
    {"m:idPrefix", text<&IriRule::id_prefix>, true},
    {"m:idNotation", iri<&IriRule::id_notation>},
    {"m:otherCodesProperty", text<&IriRule::other_codes_property>},
    {"m:labelProperty", text<&IriRule::label_property>},
}};

constexpr std::array<Field<TypeRule>, 2> kTypeRuleFields{{
    {"m:type", iri<&TypeRule::type>, true},
    {"m:kind", name<&TypeRule::kind>, true},
}};

constexpr std::array<Field<PredicateRule>, 5> kPredicateRuleFields{{
    {"m:predicate", iri<&PredicateRule::predicate>, true},
    {"m:property", text<&PredicateRule::property>},
    {"m:relation", name<&PredicateRule::relation>},
    {"m:fromKind", name<&PredicateRule::from_kind>},
    {"m:cutPrefix", text<&PredicateRule::cut_prefix>},
}};

constexpr std::array<Field<CodelistRule>, 9> kCodelistRuleFields{{
    {"m:codelist", text<&CodelistRule::codelist>, true},
    {"m:kind", name<&CodelistRule::kind>, true},
    {"m:id", text<&CodelistRule::id>, true},
    {"m:labelProperty", text<&CodelistRule::label_property>, true},
    {"m:descriptionProperty", text<&CodelistRule::description_property>},
    {"m:categoryProperty", text<&CodelistRule::category_property>},
    {"m:urlProperty", text<&CodelistRule::url_property>},
    {"m:codeProperty", text<&CodelistRule::code_property>},
    {"m:stateProperty", text<&CodelistRule::state_property>},
}};

// Predicates with a block in brackets behind them.
constexpr std::string_view kPair = "m:pair";
constexpr std::string_view kArrangement = "m:arrangement";

/// One text, taken apart into what it says about each subject and put together as a schema.
class SchemaText {
 public:
  explicit SchemaText(std::string_view file) : file_(file) {}

  Status take(const Triple& triple) {
    const std::string key =
        (triple.subject.type == Term::Type::blank ? "_:" : "") + triple.subject.text;
    const auto [place, fresh] = index_.try_emplace(key, blocks_.size());
    if (fresh) {
      blocks_.push_back({triple.subject, {}, triple.line, {}});
    }
    Block& block = blocks_[place->second];
    if (triple.predicate == kRdfType) {
      if (!block.type.empty()) {
        return at(triple.line, "it has two types");
      }
      block.type = short_form(triple.object.text);
      return {};
    }
    block.statements.push_back({short_form(triple.predicate), triple.object, triple.line});
    return {};
  }

  const std::vector<Block>& blocks() const { return blocks_; }

  /// Where and what: `schema.ttl:12: …`.
  Error at(std::size_t line, const std::string& what) const {
    return invalid(std::string(file_) + ":" + std::to_string(line) + ": " + what);
  }

  /// Reads a block by its table: every statement must be in it, and every required one be there.
  template <typename Info, std::size_t size>
  Status read(const Block& block, const std::array<Field<Info>, size>& fields, Info& info) const {
    std::array<bool, size> given{};
    for (const Statement& statement : block.statements) {
      const auto field = std::ranges::find(fields, statement.predicate, &Field<Info>::predicate);
      if (field == fields.end()) {
        return at(statement.line, block.type + " knows no " + statement.predicate);
      }
      given[static_cast<std::size_t>(field - fields.begin())] = true;
      if (const Status status = field->set(info, statement.object); !status.ok()) {
        return at(statement.line, statement.predicate + " " + status.error().message);
      }
    }
    for (std::size_t i = 0; i < size; ++i) {
      if (fields[i].required && !given[i]) {
        return at(block.line, block.type + " without " + std::string(fields[i].predicate));
      }
    }
    return {};
  }

  Result<KindInfo> read_kind(const Block& block) const {
    KindInfo info;
    info.name = TRY(own_name(block));
    TRY(read(block, kKindFields, info));
    return info;
  }

  Result<RelationInfo> read_relation(const Block& block) const {
    RelationInfo info;
    info.name = TRY(own_name(block));
    TRY(read(without(block, kPair), kRelationFields, info));
    for (const Block* inner : TRY(inner_blocks(block, kPair, "[ m:from ... ; m:to ... ]"))) {
      Pair pair;
      TRY(read(*inner, kPairFields, pair));
      info.pairs.emplace_back(pair.from, pair.to);
    }
    if (info.connection && info.sharing.in("en").empty()) {
      return at(block.line, "a connection needs m:sharing");
    }
    return info;
  }

  Result<VocabularyInfo> read_vocabulary(const Block& block) const {
    VocabularyInfo info;
    info.name = TRY(own_name(block));
    TRY(read(without(block, kArrangement), kVocabularyFields, info));
    for (const Block* inner :
         TRY(inner_blocks(block, kArrangement, "[ m:property ... ; skos:prefLabel ... ]"))) {
      ArrangementInfo& arrangement = info.arrangements.emplace_back();
      TRY(read(*inner, kArrangementFields, arrangement));
      if (arrangement.property.empty() == arrangement.parent_kind.empty()) {
        return at(inner->line, "m:arrangement wants either m:property or m:parentKind");
      }
    }
    return info;
  }

  Result<PredicateRule> read_predicate_rule(const Block& block) const {
    PredicateRule rule;
    TRY(read(block, kPredicateRuleFields, rule));
    if (rule.property.empty() == rule.relation.empty()) {
      return at(block.line, "m:PredicateRule wants either m:property or m:relation");
    }
    return rule;
  }

  Result<CodelistRule> read_codelist_rule(const Block& block) const {
    CodelistRule rule;
    TRY(read(block, kCodelistRuleFields, rule));
    if (rule.id.find("{code}") == std::string::npos) {
      return at(block.line, "m:id of a code list wants {code} in it");
    }
    return rule;
  }

  /// Whether another block has this one inside it, so that it needs no type.
  bool is_inner(const Block& block) const {
    return block.subject.type == Term::Type::blank &&
           std::ranges::any_of(blocks_, [&block](const Block& other) {
             return std::ranges::any_of(other.statements, [&block](const Statement& statement) {
               return (statement.predicate == kPair || statement.predicate == kArrangement) &&
                      statement.object.type == Term::Type::blank &&
                      statement.object.text == block.subject.text;
             });
           });
  }

 private:
  Result<std::string> own_name(const Block& block) const {
    const Result<std::string> own = our_name(block.subject);
    return own.ok() ? own : at(block.line, block.type + " " + own.error().message);
  }

  static Block without(Block block, std::string_view predicate) {
    std::erase_if(block.statements, [&](const Statement& s) { return s.predicate == predicate; });
    return block;
  }

  /// The blocks in brackets that stand behind this predicate, in order.
  Result<std::vector<const Block*>> inner_blocks(const Block& block, std::string_view predicate,
                                                 const std::string& form) const {
    std::vector<const Block*> inner;
    for (const Statement& statement : block.statements) {
      if (statement.predicate != predicate) {
        continue;
      }
      const auto place = index_.find("_:" + statement.object.text);
      if (statement.object.type != Term::Type::blank || place == index_.end()) {
        return at(statement.line, std::string(predicate) + " wants " + form);
      }
      inner.push_back(&blocks_[place->second]);
    }
    return inner;
  }

  std::string_view file_;
  std::vector<Block> blocks_;
  std::unordered_map<std::string, std::size_t> index_;
};

Error outside(const std::string& relation, const std::string& from, const std::string& to) {
  return invalid("m:" + relation + " has a pair that is not in its m:from and m:to: m:" + from +
                 ", m:" + to);
}

template <typename Info>
const Info* find_named(const std::vector<Info>& infos, std::string_view wanted) {
  const auto found = std::ranges::find(infos, wanted, &Info::name);
  return found == infos.end() ? nullptr : &*found;
}

bool contains(const std::vector<std::string>& list, std::string_view wanted) {
  return std::ranges::find(list, wanted) != list.end();
}

}  // namespace

bool Labels::set(std::string language, std::string text) {
  return texts_.emplace(std::move(language), std::move(text)).second;
}

std::string_view Labels::in(std::string_view language) const {
  for (const std::string_view wanted :
       {language, language.substr(0, language.find('-')), std::string_view("en")}) {
    if (const auto found = texts_.find(wanted); found != texts_.end()) {
      return found->second;
    }
  }
  return texts_.empty() ? std::string_view() : texts_.begin()->second;
}

bool RelationInfo::allows(std::string_view from_kind, std::string_view to_kind) const {
  const auto fits = [](std::string_view kind, const std::string& wanted) {
    return kind.empty() || kind == wanted;
  };
  if (!pairs.empty()) {
    return std::ranges::any_of(pairs, [&](const auto& pair) {
      return fits(from_kind, pair.first) && fits(to_kind, pair.second);
    });
  }
  const auto any = [&fits](std::string_view kind, const std::vector<std::string>& ends) {
    return ends.empty() ||
           std::ranges::any_of(ends, [&](const std::string& end) { return fits(kind, end); });
  };
  return any(from_kind, from) && any(to_kind, to);
}

Status Schema::add(std::string_view turtle, std::string_view file) {
  SchemaText text(file);
  TRY(read_turtle(turtle, file, [&text](const Triple& triple) { return text.take(triple); }));
  Schema next = *this;
  for (const Block& block : text.blocks()) {
    if (block.type == "m:Kind") {
      next.kinds_.push_back(TRY(text.read_kind(block)));
      if (next.kind(next.kinds_.back().name) != &next.kinds_.back()) {
        return text.at(block.line, "the kind " + next.kinds_.back().name + " is there already");
      }
    } else if (block.type == "m:Relation") {
      next.relations_.push_back(TRY(text.read_relation(block)));
      if (next.relation(next.relations_.back().name) != &next.relations_.back()) {
        return text.at(block.line,
                       "the relation " + next.relations_.back().name + " is there already");
      }
    } else if (block.type == "m:Vocabulary") {
      next.vocabularies_.push_back(TRY(text.read_vocabulary(block)));
      if (next.vocabulary(next.vocabularies_.back().name) != &next.vocabularies_.back()) {
        return text.at(block.line,
                       "the vocabulary " + next.vocabularies_.back().name + " is there already");
      }
    } else if (block.type == "m:IriRule") {
      TRY(text.read(block, kIriRuleFields, next.iri_rules_.emplace_back()));
    } else if (block.type == "m:TypeRule") {
      TRY(text.read(block, kTypeRuleFields, next.type_rules_.emplace_back()));
    } else if (block.type == "m:PredicateRule") {
      next.predicate_rules_.push_back(TRY(text.read_predicate_rule(block)));
    } else if (block.type == "m:CodelistRule") {
      next.codelist_rules_.push_back(TRY(text.read_codelist_rule(block)));
    } else if (block.type != "m:Source" && !text.is_inner(block)) {
      return text.at(block.line, block.type.empty() ? "a subject without a type"
                                                    : "a schema cannot state a " + block.type);
    }
  }
  if (const Status status = next.check_names(); !status.ok()) {
    return invalid(std::string(file) + ": " + status.error().message);
  }
  *this = std::move(next);
  return {};
}

Status Schema::check_names() const {
  const auto want_kind = [this](std::string_view name, const std::string& where) -> Status {
    if (!name.empty() && kind(name) == nullptr) {
      return invalid(where + " names a kind that is not there: m:" + std::string(name));
    }
    return {};
  };
  for (const RelationInfo& info : relations_) {
    for (const auto* ends : {&info.from, &info.to}) {
      for (const std::string& end : *ends) {
        TRY(want_kind(end, "m:" + info.name));
      }
    }
    for (const auto& [from, to] : info.pairs) {
      if (!contains(info.from, from) || !contains(info.to, to)) {
        return outside(info.name, from, to);
      }
    }
  }
  for (const VocabularyInfo& info : vocabularies_) {
    TRY(check_vocabulary(info));
  }
  for (const TypeRule& rule : type_rules_) {
    TRY(want_kind(rule.kind, "the rule for <" + rule.type + ">"));
  }
  for (const PredicateRule& rule : predicate_rules_) {
    TRY(want_kind(rule.from_kind, "the rule for <" + rule.predicate + ">"));
    if (!rule.relation.empty() && relation(rule.relation) == nullptr) {
      return invalid("the rule for <" + rule.predicate +
                     "> names a relation that is not there: m:" + rule.relation);
    }
  }
  for (const CodelistRule& rule : codelist_rules_) {
    TRY(want_kind(rule.kind, "the rule for the code list " + rule.codelist));
  }
  return {};
}

/// What a vocabulary says of its kinds must be so by the blocks of those kinds.
Status Schema::check_vocabulary(const VocabularyInfo& info) const {
  const std::string where = "the vocabulary m:" + info.name;
  for (const std::string& name : info.kinds) {
    if (kind(name) == nullptr) {
      return invalid(where + " names a kind that is not there: m:" + name);
    }
  }
  for (const std::string& name : info.parent_relations) {
    const RelationInfo* const relation = this->relation(name);
    const auto joins = [&](const std::string& from) {
      return std::ranges::any_of(info.kinds,
                                 [&](const std::string& to) { return relation->allows(from, to); });
    };
    if (relation == nullptr) {
      return invalid(where + " names a relation that is not there: m:" + name);
    }
    if (std::ranges::none_of(info.kinds, joins)) {
      return invalid(where + " has no two kinds that m:" + name + " ties");
    }
  }
  std::vector<std::string> properties{info.parent_property, info.order_property};
  for (const ArrangementInfo& arrangement : info.arrangements) {
    properties.push_back(arrangement.property);
    if (!arrangement.parent_kind.empty() && !contains(info.kinds, arrangement.parent_kind)) {
      return invalid(where +
                     " is arranged by a kind that it does not have: m:" + arrangement.parent_kind);
    }
  }
  for (const std::string& property : properties) {
    const bool known = property.empty() || std::ranges::any_of(info.kinds, [&](const auto& name) {
                         return contains(kind(name)->properties, property);
                       });
    if (!known) {
      return invalid(where + " names a property that none of its kinds has: " + property);
    }
  }
  return {};
}

const KindInfo* Schema::kind(std::string_view name) const {
  return find_named(kinds_, name);
}

const RelationInfo* Schema::relation(std::string_view name) const {
  return find_named(relations_, name);
}

const VocabularyInfo* Schema::vocabulary(std::string_view name) const {
  return find_named(vocabularies_, name);
}

const CodelistRule* Schema::codelist(std::string_view name) const {
  const auto found = std::ranges::find(codelist_rules_, name, &CodelistRule::codelist);
  return found == codelist_rules_.end() ? nullptr : &*found;
}

const IriRule* Schema::iri_rule(std::string_view iri) const {
  const IriRule* best = nullptr;
  for (const IriRule& rule : iri_rules_) {
    if (iri.starts_with(rule.iri_prefix) &&
        (best == nullptr || rule.iri_prefix.size() > best->iri_prefix.size())) {
      best = &rule;
    }
  }
  return best;
}

const TypeRule* Schema::type_rule(std::string_view type) const {
  const auto found = std::ranges::find(type_rules_, type, &TypeRule::type);
  return found == type_rules_.end() ? nullptr : &*found;
}

const PredicateRule* Schema::predicate_rule(std::string_view predicate,
                                            std::string_view kind) const {
  const auto found = std::ranges::find_if(predicate_rules_, [&](const PredicateRule& rule) {
    return rule.predicate == predicate && (rule.from_kind.empty() || rule.from_kind == kind);
  });
  return found == predicate_rules_.end() ? nullptr : &*found;
}

const KindInfo* Schema::kind_of_id(std::string_view id) const {
  const KindInfo* best = nullptr;
  std::size_t longest = 0;
  for (const KindInfo& info : kinds_) {
    for (const std::string& prefix : info.prefixes) {
      if (!id.starts_with(prefix) || prefix.size() < longest) {
        continue;
      }
      best = prefix.size() == longest ? nullptr : &info;
      longest = prefix.size();
    }
  }
  return best;
}

}  // namespace mangrove::ontology

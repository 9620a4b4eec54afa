import Lessons
import NumberFormatting
import ScoreClaims
import ScoreCore
import ScoreLab
import TermPlot
import Workbench

/// The catalogs as `scorefield list` shows them.
package enum Listing {
  /// What can be listed by itself.
  package enum Topic: String, CaseIterable {
    case distributions, processes, targets, weightings, levels, optimizers, schedules, constraints
    case samplers, grids, metrics, experiments, presets, terms, keys, configuration, themes

    package static let names = allCases.map(\.rawValue)

    /// The topic of a name.
    ///
    /// - Throws: The names there are, and the one that was probably meant.
    package init(named name: String) throws(Failure.Usage) {
      guard let topic = Topic(rawValue: name) else {
        throw Failure.Usage(UnknownName.message(name, for: "list", among: Self.names))
      }
      self = topic
    }
  }

  /// What is on offer, as lines of text.
  ///
  /// - Parameters:
  ///   - topic: What is listed.
  ///   - themes: A folder of themes besides those that are looked for anyway.
  /// - Returns: The lines, with what could not be loaded and why.
  package static func lines(_ topic: Topic, themes: String? = nil) -> [String] {
    switch topic {
    case .distributions: return members(DistributionCatalog.all)
    case .processes: return members(ProcessCatalog.all)
    case .targets: return members(TrainingTargetCatalog.all)
    case .weightings: return members(LevelWeightingCatalog.all)
    case .levels: return members(LevelDrawCatalog.all)
    case .optimizers: return members(OptimizerCatalog.all)
    case .schedules: return members(RateScheduleCatalog.all)
    case .constraints: return members(WeightConstraintCatalog.all)
    case .samplers: return members(SamplerCatalog.all)
    case .grids: return members(TimeGridCatalog.all)
    case .metrics: return members(SampleMetricCatalog.all)
    case .experiments: return members(ExperimentCatalog.all)
    case .presets: return presets(PresetFolders.load())
    case .terms: return HelpText.terms
    case .keys: return HelpText.lines
    case .configuration:
      return ConfigurationCatalog.fields.flatMap(key)
        + ["  A file changes these defaults. Without a file the start configuration is used:"]
        + RunConfiguration.start.yaml.split(separator: "\n").map { "      \($0)" }
    case .themes:
      let library = ThemeFolders.load(extra: themes)
      return library.themes.map { "  \($0.name)  (\($0.variant.rawValue))" }
        + library.problems.map { "  not loaded: \($0)" }
    }
  }

  private static func members(_ catalog: [any CatalogItem]) -> [String] {
    catalog.flatMap { item in
      ["  \(item.name)", "      \(item.summary)", "      source: \(item.source)"]
        + item.parameters.map { "      \($0.name): \($0.summary)\(range($0.kind))" }
    }
  }

  private static func presets(_ library: PresetLibrary) -> [String] {
    library.presets.flatMap { preset in
      ["  \(preset.name)", "      \(preset.summary)", "      \(preset.part)"]
    } + library.problems.map { "  not loaded: \($0)" }
  }

  private static func key(_ field: FieldDescription) -> [String] {
    let owner = field.owner.map { " (\($0.name))" } ?? ""
    let standard = field.defaultText.isEmpty ? "" : "; default \(field.defaultText)"
    return [
      "  \(field.path)\(owner)\(field.isLive ? "  (live)" : "")",
      "      \(field.summary); \(field.allowed)\(standard)",
    ]
  }

  private static func range(_ kind: ValueKind) -> String {
    switch kind {
    case .number(let standard, let range):
      " (\(number(range.lowerBound)) to \(number(range.upperBound)), "
        + "default \(number(standard)))"
    case .integer(let standard, let range, _):
      " (\(range.lowerBound) to \(range.upperBound), default \(standard))"
    case .flag(let standard): " (true or false, default \(standard))"
    case .text(let standard): standard.map { " (default \($0))" } ?? " (must be given)"
    case .choice(let standard, let names):
      " (\(names.joined(separator: ", ")); default \(standard))"
    case .structured, .seed, .integers, .size, .map: ""
    }
  }

  /// Exact to the ends of every range on offer, such as 0.999999.
  private static func number(_ value: Double) -> String { NumberText.short(value, digits: 7) }
}

public import ScoreCore

/// What the network is trained to predict, and at which noise levels.
public struct ObjectiveConfiguration: ConfigurationSection {
  /// A member of the target catalog: what the network predicts.
  public var target = CatalogChoice("noise", of: TrainingTargetCatalog.all)
  /// A member of the weighting catalog: how much the loss at each noise level counts.
  public var weighting = CatalogChoice("constant", of: LevelWeightingCatalog.all)
  /// A member of the level-draw catalog: the distribution the noise levels of a batch are drawn
  /// from.
  public var levels = CatalogChoice("uniform_log_snr", of: LevelDrawCatalog.all)
  /// Whether a batch has one level in each of its equal strata.
  public var stratified = true
  /// Where the noise of a step comes from.
  public var noise = Objective.Noise.fresh
  /// The length of a row's error from which the loss is linear, at most 1e9; 0 for the squared
  /// loss.
  public var huberLength = 0.0

  public init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .member(
      "target", "what the network predicts", \.target, of: TrainingTargetCatalog.all,
      place: FormPlace(.objective, "target")),
    .member(
      "weighting", "weight of the loss across noise levels", \.weighting,
      of: LevelWeightingCatalog.all, place: FormPlace(.objective, "weighting")),
    .member(
      "levels", "distribution the noise levels of a batch are drawn from", \.levels,
      of: LevelDrawCatalog.all, place: FormPlace(.objective, "levels")),
    .flag(
      "stratified", "whether a batch spreads its noise levels evenly", \.stratified,
      place: FormPlace(.objective, "stratified", where: .spreadLevels)),
    .choice(
      "noise", "where the noise of a step comes from", \.noise,
      place: FormPlace(.objective, "noise draw"), summaries: { $0.summary }),
    .number(
      "huber_length", "error from which the loss grows linearly (Huber), 0 for never",
      \.huberLength, in: 0...1e9, place: FormPlace(.objective, "Huber length")),
  ]

  /// Makes the objective.
  public func make() -> Objective {
    Objective(
      target: target.make(from: TrainingTargetCatalog.all),
      weighting: weighting.make(from: LevelWeightingCatalog.all),
      levels: levels.make(from: LevelDrawCatalog.all), isStratified: stratified, noise: noise,
      huberLength: huberLength > 0 ? huberLength : .infinity)
  }
}

extension Objective.Noise {
  fileprivate var summary: String {
    switch self {
    case .fresh: "drawn anew every time a point is used"
    case .fixed: "one draw a training point, used again and again; levels are drawn anew"
    case .fixedPairs: "one level and one draw a training point, used again and again"
    }
  }
}

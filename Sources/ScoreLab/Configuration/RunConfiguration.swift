/// Everything that decides a run; the same values give the same bits.
public struct RunConfiguration: ConfigurationSection {
  /// The seed of every random stream.
  public var seed: UInt64 = 7
  public var distribution = DistributionConfiguration()
  public var trainingSet = TrainingSetConfiguration()
  public var process = ProcessConfiguration()
  public var network = NetworkConfiguration()
  public var objective = ObjectiveConfiguration()
  public var optimizer = OptimizerConfiguration()
  public var sampler = SamplerConfiguration()
  public var probe = ProbeConfiguration()

  public init() {}

  static let fields: [ConfigurationField<Self>] = [
    .seed("seed", "seed of every random stream", \.seed),
    .distribution("distribution", "distribution to learn", \.distribution),
    .section("training_set", \.trainingSet),
    .section("process", \.process),
    .section("network", \.network),
    .section("objective", \.objective),
    .section("optimizer", \.optimizer),
    .section("sampler", \.sampler),
    .section("probe", \.probe),
  ]

  /// Whether a session that runs `other` would have to start again to run this one.
  ///
  /// The learning rate, the batch, the average, the whole sampler and the probe's delta change
  /// live; everything else restarts.
  public func requiresRestart(comparedTo other: RunConfiguration) -> Bool {
    Self.fields.contains { $0.needsRestart(other, self) }
  }

  /// The value of a key as YAML, or nil if there is no such key.
  ///
  /// - Parameter path: A path of ``ConfigurationCatalog``, for example `optimizer.batch`.
  /// - Returns: Text that ``setting(_:catalog:)`` takes back, for example `256`.
  public func text(at path: String) -> String? {
    let texts = Self.fields.flatMap { $0.texts(self) }
    return ConfigurationCatalog.fields.firstIndex { $0.path == path }.map { texts[$0] }
  }
}

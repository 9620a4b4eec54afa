import ScoreCore
import Testing

@testable import ScoreLab

/// A key that is live is taken by the part of the session that it names.
@Suite struct LiveKeyTests {
  private static let keys = ConfigurationCatalog.fields.filter(\.isLive)

  /// Another value than the default, as it is written.
  private static func other(than field: FieldDescription) -> String {
    switch field.kind {
    case .number(let standard, let range):
      "\(standard == range.lowerBound ? range.upperBound : range.lowerBound)"
    case .integer(let standard, let range, let divisor):
      "\(standard == range.lowerBound ? standard + divisor : range.lowerBound)"
    case .choice(let standard, let names): names.first { $0 != standard && $0 != "given" } ?? ""
    case .flag(let standard): "\(!standard)"
    case .structured: "[0.2]"
    case .seed, .text, .integers, .size, .map: ""
    }
  }

  /// What a part of a session works with, as text.
  private static func image(_ part: LivePart, _ configuration: RunConfiguration) -> String {
    switch part {
    case .optimization: "\(configuration.optimizer.make())"
    case .batch: "\(configuration.optimizer.batch)"
    case .sampler: "\(configuration.sampler)"
    case .quantile: "\(configuration.probe.delta)"
    }
  }

  private static func image(_ part: LivePart, _ session: Session) -> String {
    switch part {
    case .optimization: "\(session.training.optimization)"
    case .batch: "\(session.training.batch)"
    case .sampler: "\(session.scheduler.sampler)"
    case .quantile: "\(session.configuration.probe.delta)"
    }
  }

  @Test("Every live key changes what its part works with, and no other needs to", arguments: keys)
  func reachesItsPart(key: FieldDescription) throws {
    let part = try #require(key.live)
    let member = key.owner.map { Catalogs.assignments($0.path, $0.name) } ?? []
    let old = try RunConfiguration.small("optimizer.warmup=5").setting(member)
    let new = try old.setting(["\(key.path)=\(Self.other(than: key))"])
    var session = try Session(old)
    #expect(Self.image(part, session) == Self.image(part, old))
    session.configure(new)
    #expect(Self.image(part, session) == Self.image(part, new))
    #expect(Self.image(part, new) != Self.image(part, old), "\(key.path)")
    for part in LivePart.allCases {
      #expect(Self.image(part, session) == Self.image(part, new), "\(key.path): \(part)")
    }
  }
}

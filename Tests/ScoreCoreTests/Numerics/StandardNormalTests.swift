import Glibc
import Testing

@testable import ScoreCore

// Expected values: mpmath with 80 digits or more, of the float64 arguments.
@Suite struct StandardNormalTests {
  @Test(
    "The log tail is accurate to rounding from one end to the other",
    arguments: [
      (-8, -6.2209605742717860585e-16), (-1, -0.17275377902344988953),
      (0.5, -1.1759117615936186089), (2.9, -6.2840582349474184201),
      (3.1, -6.9406884584212281182), (5, -15.064998393988725736), (10, -53.231285150512470578),
      (38, -726.5572160188201301), (100, -5005.5242086942050886),
      (1e6, -500000000014.73444909),
    ])
  func logTail(x: Double, expected: Double) {
    #expect(abs(StandardNormal.logTail(x) / expected - 1) <= 1e-14)
  }

  @Test(
    "The Mills ratio is accurate on both sides of its change of method",
    arguments: [
      (0, 1.2533141373155002512), (1, 0.65567954241879847154), (3, 0.30459029871010329573),
      (3.01, 0.30373029704313046122), (3.5, 0.26656776896822375715),
      (4, 0.23665238291356067062), (5, 0.19280810471531576488), (8, 0.12313196325793229628),
      (20, 0.049875925981836783658), (1000, 0.000999999000002999985),
    ])
  func millsRatio(x: Double, expected: Double) {
    #expect(abs(StandardNormal.millsRatio(x) / expected - 1) <= 3e-15)
  }

  @Test(
    "Quantiles are accurate to rounding, far out and at the middle",
    arguments: [
      (1e-300, -37.047096299361199237), (1e-20, -9.2623400897984075796),
      (1e-5, -4.2648907939228246102), (0.02, -2.0537489106318230443),
      (0.1, -1.2815515655446004353), (0.3, -0.52440051270804081597),
      (0.5000001, 2.5066282733116483012e-7), (0.6, 0.25334710313579974132),
      (0.9, 1.2815515655446005935), (0.975, 1.9599639845400538556),
      (0.999999, 4.7534243088170877657),
    ])
  func quantile(p: Double, expected: Double) {
    #expect(abs(StandardNormal.quantile(p) / expected - 1) <= 4e-15)
  }

  @Test("Quantile and distribution function undo each other, and the middle is zero")
  func quantileInvertsCDF() {
    for p in stride(from: 0.001, to: 0.9995, by: 0.0113) {
      #expect(abs(StandardNormal.cdf(StandardNormal.quantile(p)) / p - 1) <= 1e-14)
    }
    #expect(StandardNormal.quantile(0.5) == 0)
    #expect(StandardNormal.cdf(1.5) + StandardNormal.tail(1.5) == 1)
  }

  static let intervals: [(Double, Double, Double, Double)] = [
    (-1, 1, -0.38171514630212607227, 0), (0.1, 0.2, -3.2331808515686419881, 0.14987504213000676254),
    (-0.001, 0.002, -6.7280820235185500817, 0.00049999962500011251041),
    (3, 3.001, -12.328193603728615966, 3.0004997499583791318),
    (5, 6, -15.068446096529453352, 5.1831470904771735185),
    (-2, 7, -0.023012909330273094724, 0.05524786266971493764),
    (40, 41, -804.60844201375378817, 40.024968847207263721),
    (40, 40.00001, -812.43206399120754933, 40.000004999666668213),
    (-50, -30, -454.32124395634319711, -30.033259667433677037),
    (-0.5, 30, -0.36894641528865639307, 0.50916043383703348583),
    (1, 2.5, -1.8809475426298400145, 1.4722789034330306577),
    (0.9, 3.5, -1.6937574814042712289, 1.4427252320156553053),
    (-1.5, 0.7, -0.36928389440091171677, -0.26436434086150967644),
  ]

  @Test("Log probability and mean of an interval are accurate to rounding", arguments: intervals)
  func interval(lower: Double, upper: Double, logProbability: Double, mean: Double) {
    let interval = StandardNormal.interval(from: lower, to: upper)
    // The length of a short interval is itself rounded: 1e-16 times its ends.
    let length = 4e-16 * max(abs(lower), abs(upper)) / (upper - lower)
    #expect(abs(interval.logProbability - logProbability) <= 1e-14 * abs(logProbability) + length)
    #expect(abs(interval.mean - mean) <= 4e-15 * max(abs(mean), upper - lower))
    let mirrored = StandardNormal.interval(from: -upper, to: -lower)
    #expect(mirrored.mean == -interval.mean || lower == -upper)
    #expect(mirrored.logProbability == interval.logProbability)
    #expect(
      StandardNormal.logProbability(from: lower, to: upper) == interval.logProbability)
  }

  @Test("The three forms of an interval meet where they change over")
  func intervalFormsMeet() {
    for lower in [-3, -1.0001, -0.5, 0, 0.5, 1.5, 6, 50] {
      let width = 2 / max(1, lower)
      let below = StandardNormal.interval(from: lower, to: lower + width * (1 - 1e-12))
      let above = StandardNormal.interval(from: lower, to: lower + width * (1 + 1e-12))
      #expect(abs(below.logProbability - above.logProbability) <= 1e-11)
      #expect(abs(below.mean - above.mean) <= 1e-11)
    }
  }
}

CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('1 runs');
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  start TEXT NOT NULL,
  distribution TEXT NOT NULL,
  seed TEXT NOT NULL,
  version TEXT NOT NULL,
  source_commit TEXT,
  processor TEXT NOT NULL,
  parent INTEGER,
  parent_steps INTEGER,
  parent_entries INTEGER,
  root INTEGER NOT NULL,
  tags TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  created REAL NOT NULL,
  updated REAL NOT NULL,
  executed_steps INTEGER NOT NULL,
  steps INTEGER NOT NULL,
  loss REAL,
  worst_l2 REAL,
  digest TEXT,
  digest_steps INTEGER,
  digest_entries INTEGER
);
INSERT INTO runs VALUES(28772997619311,'two_moons-1',replace('seed: 7\ndistribution: {kind: two_moons, noise: 0.08}\ntraining_set: {count: 100}\nprocess: {kind: ornstein_uhlenbeck, horizon: 5, stop: 0.001}\nnetwork: {kind: mlp, hidden: [16], activation: silu, residual: true, time_embedding: log_snr, time_features: 8, position_features: 3}\nobjective: {target: velocity, weighting: constant, levels: log_normal, sigma_mean: -2, sigma_deviation: 2, stratified: true, noise: fresh, huber_length: 0}\noptimizer: {kind: adam, beta1: 0.9, beta2: 0.999, learning_rate: 0.004, schedule: cosine, decay_steps: 20000, last_rate: 0.01, warmup: 0, batch: 64, clip_norm: 0, constraint: none, average_profile: exponential, average: 0.999, average_exponent: 6.94}\nsampler: {kind: exponential_integrator, grid: exponential_decay, steps: 6, count: 50}\nprobe: {delta: 0.05, levels: 3, points: 64}\n','\n',char(10)),'two_moons','7','0.1.0','0123456789ab','a processor',NULL,NULL,NULL,28772997619311,'fixture','',1795000000.5,1795000001.5,30,30,1.75,0.75,'00112233445566aa',30,1);
INSERT INTO runs VALUES(47537996066672,'two_moons-2',replace('seed: 7\ndistribution: {kind: two_moons, noise: 0.08}\ntraining_set: {count: 100}\nprocess: {kind: ornstein_uhlenbeck, horizon: 5, stop: 0.001}\nnetwork: {kind: mlp, hidden: [16], activation: silu, residual: true, time_embedding: log_snr, time_features: 8, position_features: 3}\nobjective: {target: velocity, weighting: constant, levels: log_normal, sigma_mean: -2, sigma_deviation: 2, stratified: true, noise: fresh, huber_length: 0}\noptimizer: {kind: adam, beta1: 0.9, beta2: 0.999, learning_rate: 0.004, schedule: cosine, decay_steps: 20000, last_rate: 0.01, warmup: 0, batch: 64, clip_norm: 0, constraint: none, average_profile: exponential, average: 0.999, average_exponent: 6.94}\nsampler: {kind: exponential_integrator, grid: exponential_decay, steps: 6, count: 50}\nprobe: {delta: 0.05, levels: 3, points: 64}\n','\n',char(10)),'two_moons','7','0.1.0','0123456789ab','a processor',28772997619311,20,0,28772997619311,'','',1795000010.4999999999,1795000011.5,40,40,1.5,NULL,'00112233445566bb',40,2);
CREATE TABLE edits (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  executed_steps INTEGER NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('configure', 'resume')),
  configuration TEXT,
  PRIMARY KEY (run, position)
) WITHOUT ROWID;
INSERT INTO edits VALUES(28772997619311,0,20,'configure',replace('seed: 7\ndistribution: {kind: two_moons, noise: 0.08}\ntraining_set: {count: 100}\nprocess: {kind: ornstein_uhlenbeck, horizon: 5, stop: 0.001}\nnetwork: {kind: mlp, hidden: [16], activation: silu, residual: true, time_embedding: log_snr, time_features: 8, position_features: 3}\nobjective: {target: velocity, weighting: constant, levels: log_normal, sigma_mean: -2, sigma_deviation: 2, stratified: true, noise: fresh, huber_length: 0}\noptimizer: {kind: adam, beta1: 0.9, beta2: 0.999, learning_rate: 0.01, schedule: cosine, decay_steps: 20000, last_rate: 0.01, warmup: 0, batch: 64, clip_norm: 0, constraint: none, average_profile: exponential, average: 0.999, average_exponent: 6.94}\nsampler: {kind: exponential_integrator, grid: exponential_decay, steps: 6, count: 50}\nprobe: {delta: 0.05, levels: 3, points: 64}\n','\n',char(10)));
INSERT INTO edits VALUES(47537996066672,0,20,'configure',replace('seed: 7\ndistribution: {kind: two_moons, noise: 0.08}\ntraining_set: {count: 100}\nprocess: {kind: ornstein_uhlenbeck, horizon: 5, stop: 0.001}\nnetwork: {kind: mlp, hidden: [16], activation: silu, residual: true, time_embedding: log_snr, time_features: 8, position_features: 3}\nobjective: {target: velocity, weighting: constant, levels: log_normal, sigma_mean: -2, sigma_deviation: 2, stratified: true, noise: fresh, huber_length: 0}\noptimizer: {kind: adam, beta1: 0.9, beta2: 0.999, learning_rate: 0.004, schedule: cosine, decay_steps: 20000, last_rate: 0.01, warmup: 0, batch: 32, clip_norm: 0, constraint: none, average_profile: exponential, average: 0.999, average_exponent: 6.94}\nsampler: {kind: exponential_integrator, grid: exponential_decay, steps: 6, count: 50}\nprobe: {delta: 0.05, levels: 3, points: 64}\n','\n',char(10)));
INSERT INTO edits VALUES(47537996066672,1,35,'configure',replace('seed: 7\ndistribution: {kind: two_moons, noise: 0.08}\ntraining_set: {count: 100}\nprocess: {kind: ornstein_uhlenbeck, horizon: 5, stop: 0.001}\nnetwork: {kind: mlp, hidden: [16], activation: silu, residual: true, time_embedding: log_snr, time_features: 8, position_features: 3}\nobjective: {target: velocity, weighting: constant, levels: log_normal, sigma_mean: -2, sigma_deviation: 2, stratified: true, noise: fresh, huber_length: 0}\noptimizer: {kind: adam, beta1: 0.9, beta2: 0.999, learning_rate: 0.004, schedule: cosine, decay_steps: 20000, last_rate: 0.01, warmup: 0, batch: 48, clip_norm: 0, constraint: none, average_profile: exponential, average: 0.999, average_exponent: 6.94}\nsampler: {kind: exponential_integrator, grid: exponential_decay, steps: 6, count: 50}\nprobe: {delta: 0.05, levels: 3, points: 64}\n','\n',char(10)));
CREATE TABLE metrics (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  level REAL,
  step INTEGER NOT NULL,
  value REAL NOT NULL,
  low REAL,
  high REAL
);
INSERT INTO metrics VALUES(28772997619311,'loss',NULL,10,2.0,NULL,NULL);
INSERT INTO metrics VALUES(28772997619311,'loss',NULL,20,1.8999999999999999111,NULL,NULL);
INSERT INTO metrics VALUES(28772997619311,'loss',NULL,30,1.75,NULL,NULL);
INSERT INTO metrics VALUES(28772997619311,'d_delta',0.25,30,0.5,0.25,0.75);
INSERT INTO metrics VALUES(28772997619311,'l2',0.25,30,0.75,NULL,NULL);
CREATE TABLE clouds (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  dimension INTEGER NOT NULL,
  points BLOB NOT NULL,
  PRIMARY KEY (run, step)
) WITHOUT ROWID;
INSERT INTO clouds VALUES(28772997619311,30,2,X'0000803f000020c00000404000008040');
CREATE TABLE checkpoints (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  executed_steps INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  step INTEGER NOT NULL,
  file TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  checksum TEXT NOT NULL,
  format INTEGER NOT NULL,
  PRIMARY KEY (run, executed_steps, entries)
) WITHOUT ROWID;
INSERT INTO checkpoints VALUES(28772997619311,30,1,30,'1a2b3c4d5e6f-30-1.checkpoint',1000,'00112233445566cc',1);
CREATE INDEX runs_by_update ON runs (updated);
CREATE UNIQUE INDEX metrics_by_place ON metrics (run, name, step, IFNULL(level, -1e300));

-- The same leads for pgvector, which finds the nearest where this process holds no vectors.
CREATE EXTENSION IF NOT EXISTS vector;
ALTER TABLE leads ADD COLUMN place vector;

DROP TABLE model_days;
DROP TABLE model_circuits;

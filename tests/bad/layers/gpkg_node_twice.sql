UPDATE nodes SET node_id = 1 WHERE node_id = 2;

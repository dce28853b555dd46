UPDATE nodes SET control = 'signals' WHERE node_id = 5;

UPDATE movements SET turn = 'lift' WHERE movement_id = 101;
